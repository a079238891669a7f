"""The next public meetings, on the pages of places and boards."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaVersion
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel
from places.footprint.models import Place

SHOWN = 5


def next_meetings(meetings, more: str, feed: str, past: str, count: int = SHOWN) -> dict[str, object]:
    """What `microsite/_coming.html` shows: the next of these public meetings, where there are more, where those that are over,
    and their calendar."""
    out = AgendaVersion.objects.published().filter(meeting=OuterRef("pk"))
    found = meetings.coming().with_boards().annotate(has_agenda=Exists(out))[:count]
    return {"meetings": found, "more": more, "past": past, "feed": feed, "address": f"{settings.PORTAL_URL}{feed}"}


@panels.on("place.main")
def meetings_of_place(place: Place, request: HttpRequest) -> Panel:
    found = Meeting.objects.public().at_place(place)
    more, feed = f"{reverse('meetings')}?place={place.slug}", reverse("place_calendar", args=[place.slug])
    return Panel("microsite/_next_meetings.html", next_meetings(found, more, feed, f"{more}&when=past"))


@panels.on("board.main")
def meetings_of_board(board: Board, request: HttpRequest) -> Panel:
    found = Meeting.objects.public().of_boards([board])
    more, feed = f"{reverse('meetings')}?board={board.slug}", reverse("board_calendar", args=[board.slug])
    return Panel("microsite/_next_meetings.html", next_meetings(found, more, feed, f"{more}&when=past"))

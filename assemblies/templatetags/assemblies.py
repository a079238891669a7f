"""Lists of meetings for pages of places, boards and seats, and for the start page."""

from django import template
from django.conf import settings
from django.urls import reverse

from assemblies.models import Meeting, ReportBack

register = template.Library()

SHOWN = 5


@register.inclusion_tag("assemblies/_coming.html")
def place_meetings(place) -> dict[str, object]:
    """Shows the next public meetings a place takes part in, or says that there are none."""
    found = Meeting.objects.public().at_place(place).coming().select_related("board")[:SHOWN]
    return _coming(found, f"{reverse('meetings')}?place={place.slug}", reverse("place_calendar", args=[place.slug]))


@register.inclusion_tag("assemblies/_coming.html")
def board_meetings(board) -> dict[str, object]:
    """Shows the next public meetings of a board, or says that there are none."""
    found = Meeting.objects.public().filter(board=board).coming().select_related("board")[:SHOWN]
    return _coming(found, f"{reverse('meetings')}?board={board.slug}", reverse("board_calendar", args=[board.slug]))


@register.inclusion_tag("assemblies/_coming.html")
def next_meetings(count: int = SHOWN) -> dict[str, object]:
    """Shows the next public meetings of all, for the start page."""
    found = Meeting.objects.public().coming().select_related("board")[:count]
    return _coming(found, reverse("meetings"), reverse("calendar"))


@register.inclusion_tag("assemblies/voice/of_seat.html")
def seat_reports_back(seat) -> dict[str, object]:
    """Shows the latest reports back of a seat that are open to everybody, or says that there are none."""
    found = ReportBack.objects.public().filter(seat=seat).with_correction().select_related("meeting__board", "made_by")
    rows = list(found[: SHOWN + 1])
    return {"seat": seat, "reports": rows[:SHOWN], "more": len(rows) > SHOWN}


def _coming(meetings, more: str, feed: str) -> dict[str, object]:
    return {"meetings": meetings, "more": more, "feed": feed, "address": f"{settings.PORTAL_URL}{feed}"}

"""What was decided lately, on the pages of boards, places, topics and meetings, and on the start page."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from assemblies.decisions.models import Decision
from assemblies.decisions.seen_decisions import lately, seen
from assemblies.forward_plan.models import Topic
from assemblies.meetings.models import Meeting
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel
from places.footprint.models import Place

SHOWN, ON_START = 3, 4
MOST = 200  # of one meeting or topic

panels.ask_first("meeting", has_decisions=Exists(Decision.objects.filter(meeting=OuterRef("pk"))))


@panels.on("board.main")
def decided_by_board(board: Board, request: HttpRequest) -> Panel | None:
    rows = lately(Decision.objects.visible_to(request.user).filter(board=board), request.user, SHOWN)
    more = f"{reverse('decisions')}?board={board.slug}"
    return Panel("decisions/_lately.html", {"rows": rows, "more": more, "heading": "Decided lately"}) if rows else None


@panels.on("place.main")
def decided_for_place(place: Place, request: HttpRequest) -> Panel | None:
    of_place = Decision.places.through.objects.filter(place=place).values("decision")
    rows = lately(Decision.objects.visible_to(request.user).filter(pk__in=of_place), request.user, SHOWN)
    more = f"{reverse('decisions')}?place={place.slug}"
    heading = "What was decided for this place"
    return Panel("decisions/_lately.html", {"rows": rows, "more": more, "heading": heading}) if rows else None


@panels.on("topic.main")
def decided_on_topic(topic: Topic, request: HttpRequest) -> Panel | None:
    """Closed ones for those alone who may read them: that they are about this topic, others do not learn."""
    known = Decision.objects.visible_to(request.user).readable_by(request.user).filter(topic=topic)
    rows = lately(known, request.user, SHOWN)
    more = f"{reverse('decisions')}?topic={topic.pk}"
    return Panel("decisions/_lately.html", {"rows": rows, "more": more, "heading": "Decisions on it"}) if rows else None


@panels.on("meeting.papers")
def decided_at_meeting(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """Item by item, as the boards took them."""
    if not panels.may_have(meeting, "has_decisions"):
        return None
    known = Decision.objects.visible_to(request.user).filter(meeting=meeting)
    rows = seen(known.listed().order_by("item__position", "recommendation_number", "pk")[:MOST], request.user)
    return Panel("decisions/_of_meeting.html", {"rows": rows}, ("decisions", "What was decided")) if rows else None


@panels.on("start.main")
def decided_lately(_: None, request: HttpRequest) -> Panel | None:
    """The same for everybody: what is public, and stands."""
    rows = lately(Decision.objects.public().standing(), request.user, ON_START)
    return Panel("decisions/_on_start.html", {"rows": rows}) if rows else None

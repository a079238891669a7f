"""Where blockers show themselves: at home, and beside places, organisations, boards and topics. For those alone who may read
them; for everybody else, whose pages are cached, a panel asks nothing."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest

from assemblies.blockers.models import Blocker, BlockerStep, takes_part
from assemblies.forward_plan.models import Topic
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel
from partnership.partners.models import Partner
from places.footprint.models import Place


@panels.on("topic.main")
def of_topic(topic: Topic, request: HttpRequest) -> Panel | None:
    """The blockers for which the board has the topic on its plan."""
    if not takes_part(request.user):
        return None
    here = BlockerStep.objects.filter(blocker=OuterRef("pk"), topic=topic)
    rows = list(Blocker.objects.visible_to(request.user).filter(Exists(here)).with_facts().oldest_first())
    return Panel("blockers/_of_topic.html", {"blockers": rows}) if rows else None


@panels.on("board.side")
def with_board(board: Board, request: HttpRequest) -> Panel | None:
    """How many wait with the board."""
    if not takes_part(request.user):
        return None
    rows = list(Blocker.objects.visible_to(request.user).with_board(board).order_by("raised_at", "pk"))
    return Panel("blockers/_on_board.html", {"blockers": rows}) if rows else None


@panels.on("place.side")
def of_place(place: Place, request: HttpRequest) -> Panel | None:
    return _counted(request, "place", place)


@panels.on("partner.foot")
def of_partner(partner: Partner, request: HttpRequest) -> Panel | None:
    return _counted(request, "partner", partner)


def _counted(request: HttpRequest, field: str, thing: Any) -> Panel | None:
    """How many stand in the way there."""
    if not takes_part(request.user):
        return None
    count = Blocker.objects.visible_to(request.user).open().filter(**{field: thing}).count()
    return Panel("blockers/_counted.html", {"count": count, "field": field, "thing": thing}) if count else None


@panels.on("boards.links")
def link(_: None, request: HttpRequest) -> Panel | None:
    return Panel("blockers/_link.html") if takes_part(request.user) else None


@panels.on("home.main")
def own(user, request: HttpRequest) -> Panel | None:
    """How many there are, and how many of them are the person's own."""
    if not takes_part(user):
        return None
    rows = Blocker.objects.visible_to(user).open()
    found = rows.aggregate(all=Count("pk"), own=Count("pk", filter=Q(owner=user)))
    return Panel("blockers/_home.html", {"found": found})

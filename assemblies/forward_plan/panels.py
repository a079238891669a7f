"""What boards take up next, on the pages of boards and places."""

from django.http import HttpRequest
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel
from places.footprint.models import Place

SHOWN = 3


@panels.on("board.side")
def plan_of_board(board: Board, request: HttpRequest) -> Panel:
    items = PlannedItem.objects.public().filter(board=board).next_ones(timezone.now())
    return Panel("forward_plan/_on_board.html", {"items": items[:SHOWN]})


@panels.on("place.main")
def next_at_place(place: Place, request: HttpRequest) -> Panel | None:
    items = list(PlannedItem.objects.public().filter(board__places=place).next_ones(timezone.now())[:SHOWN])
    return Panel("forward_plan/_at_place.html", {"items": items}) if items else None

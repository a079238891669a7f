"""Elections, on the page of a board."""

from django.http import HttpRequest

from partnership import panels
from partnership.boards.models import Board
from partnership.elections.models import Election
from partnership.elections.views.elections import votes_to_cast
from partnership.panels import Panel

LATELY = 5


@panels.on("board.top")
def vote(board: Board, request: HttpRequest) -> Panel:
    """What the person can vote in now."""
    return Panel("elections/_to_cast.html", {"to_cast": votes_to_cast(request).filter(election__board=board)})


@panels.on("board.foot")
def elections(board: Board, request: HttpRequest) -> Panel:
    found = Election.objects.visible_to(request.user).filter(board=board)[:LATELY]
    return Panel("elections/_of_board.html", {"elections": found})


@panels.on("board.staff")
def hold_an_election(board: Board, request: HttpRequest) -> Panel:
    return Panel("elections/_hold.html")


@panels.on("boards.links")
def link(nothing: None, request: HttpRequest) -> Panel:
    return Panel("elections/_link.html")

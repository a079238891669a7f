"""Where everybody finds the register of a board: on its page."""

from django.http import HttpRequest

from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.side")
def register_of_board(board: Board, request: HttpRequest) -> Panel:
    return Panel("interests/_on_board.html", {})

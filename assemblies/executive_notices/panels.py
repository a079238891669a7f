"""Where everybody reads the notices of a council's executive, on its page; and where its chair and staff publish them."""

import rules
from django.http import HttpRequest

from assemblies.executive_notices.models import ExecutiveNotice
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.side")
def notices_of_board(board: Board, request: HttpRequest) -> Panel | None:
    if not board.is_executive and not ExecutiveNotice.objects.filter(board=board).exists():
        return None
    publishes = board.is_executive and rules.has_perm("executive_notices.publish", request.user, board)
    return Panel("executive_notices/_on_board.html", {"publishes_notices": publishes})

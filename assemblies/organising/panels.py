"""For staff: meetings planned after the end of a board, on its page; a series of meetings, on its forward plan."""

import rules
from django.http import HttpRequest

from assemblies.meetings.models import Meeting
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.staff")
def planned_after_its_end(board: Board, request: HttpRequest) -> Panel | None:
    if board.ends_on is None:
        return None
    found = Meeting.objects.visible_to(request.user).outliving(board).order_by("starts_at")
    return Panel("organising/_after_its_board.html", {"meetings": list(found)})


@panels.on("plan.edit")
def make_meetings(board: Board, request: HttpRequest) -> Panel | None:
    """Where staff make the meetings that the forward plan plans for."""
    if not rules.has_perm("organising.create_meeting", request.user):
        return None
    return Panel("organising/_make_meetings.html")

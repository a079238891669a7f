"""The way to the screen of a meeting, for those on its boards, from its page; how a board decides, for staff."""

from django.http import HttpRequest

from assemblies.meetings.models import Meeting
from assemblies.sittings.models import Sitting
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("meeting.papers")
def screen_of_meeting(meeting: Meeting, request: HttpRequest) -> Panel | None:
    sitting = Sitting.objects.visible_to(request.user).filter(meeting=meeting).first()
    return Panel("sittings/_on_meeting.html", {"sitting": sitting}, ("the-record", "The meeting")) if sitting else None


@panels.on("board.staff")
def practice_of_board(board: Board, request: HttpRequest) -> Panel:
    return Panel("sittings/_on_board.html")

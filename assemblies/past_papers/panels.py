"""Past meetings by year on the page of a board, old papers on that of a meeting, and where staff import them."""

from django.http import HttpRequest
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.past_papers.by_year import held_by, years_of
from assemblies.past_papers.listed import papers_of
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.main")
def past_meetings(board: Board, request: HttpRequest) -> Panel | None:
    found = held_by(board, request.user)
    return Panel("past_papers/_years.html", {"years": years_of(found)}) if found else None


@panels.on("board.staff")
def import_papers(board: Board, request: HttpRequest) -> Panel:
    return Panel("past_papers/_import_link.html")


@panels.on("meeting.papers")
def old_papers(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """Papers that were imported for the day of a meeting that is over."""
    if meeting.ends_at > timezone.now():
        return None
    papers = papers_of(boards_of(meeting), timezone.localdate(meeting.starts_at), request.user)
    return Panel("past_papers/_of_meeting.html", {"papers": papers}) if papers else None

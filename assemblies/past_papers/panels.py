"""Past meetings by year on the page of a board, old papers on that of a meeting, where they are on the list of past meetings, and
where staff import them."""

from collections.abc import Iterable

import rules
from django.http import HttpRequest
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.past_papers.by_year import held_by, older_than_meetings, years_of
from assemblies.past_papers.listed import papers_of
from assemblies.past_papers.models import PastMeeting, PastPaper
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.main")
def past_meetings(board: Board, request: HttpRequest) -> Panel | None:
    found = held_by(board, request.user)
    return Panel("past_papers/_years.html", {"years": years_of(found)}) if found else None


@panels.on("meetings.past")
def older_papers(of_board: str | None, request: HttpRequest) -> Panel | None:
    """Where papers from before the portal are, of each board or of one, by its slug; none where the list is of something else."""
    older = older_than_meetings(of_board, request.user) if of_board is not None else []
    return Panel("past_papers/_older.html", {"older": older}) if older else None


@panels.on("board.staff")
def import_papers(board: Board, request: HttpRequest) -> Panel:
    return Panel("past_papers/_import_link.html")


@panels.on("meeting.papers")
def old_papers(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """Papers that were imported for the day of a meeting that is over."""
    if not meeting.is_over:
        return None
    papers = papers_of(boards_of(meeting), timezone.localdate(meeting.starts_at), request.user)
    managed = _managed(papers, request.user)
    part = ("past-papers", "Papers from before this portal")
    return Panel("past_papers/_of_meeting.html", {"papers": papers, "managed": managed}, part) if papers else None


def _managed(papers: Iterable[PastPaper], user) -> list[PastMeeting]:
    """The days, each of one board, whose papers the person may change or withdraw: on their own pages."""
    if not user.is_authenticated:
        return []
    first = {paper.meeting_id: paper for paper in reversed(list(papers))}
    return [each.meeting for each in first.values() if rules.has_perm("past_papers.withdraw_paper", user, each)]

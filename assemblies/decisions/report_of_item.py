"""The cover report that a board decides on at an item of its agenda."""

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, ReportVersion
from partnership.boards.models import Board


def report_of_item(item: AgendaItem, board: Board, meeting: Meeting) -> ReportVersion | None:
    """The newest version that was published for the meeting: the board's own, else that of the host; None without a report."""
    if item.planned is None:
        return None
    rows = ReportVersion.objects.published().filter(meeting=meeting, report__item__topic=item.planned.topic_id)
    found = list(rows.select_related("closure", "report__author", "report__item").order_by("-published_at", "-number"))
    by_board = [each for each in found if each.report.item.board_id == board.pk]
    by_host = [each for each in found if each.report.item.board_id == meeting.board_id]
    return next(iter([*by_board, *by_host]), None)

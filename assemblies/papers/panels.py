"""Where staff say how the reports of a board are signed off: a link on its page. And the report of a planned item."""

from django.http import HttpRequest

from assemblies.forward_plan.models import PlannedItem
from assemblies.papers.models import Report
from assemblies.papers.rules import starts_report
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.staff")
def chain_of_board(board: Board, request: HttpRequest) -> Panel:
    return Panel("papers/_chain_link.html")


@panels.on("planned_item.main")
def report_of_item(item: PlannedItem, request: HttpRequest) -> Panel | None:
    """The report of an item, for those who work on it or may read it; for who leads the item, a way to start it."""
    report = Report.objects.visible_to(request.user).filter(item=item).first()
    starts = report is None and item.needs_report and starts_report(request.user, item)
    return Panel("papers/_report_of_item.html", {"report": report, "item": item}) if report or starts else None

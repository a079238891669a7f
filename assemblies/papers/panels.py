"""Where staff say how the reports of a board are signed off; a person's own reports, at home; the report of a planned item."""

from django.db.models import Q
from django.http import HttpRequest

from assemblies.forward_plan.models import PlannedItem
from assemblies.papers.models import Report, ReportStep
from assemblies.papers.rules import has_to_do_with_reports, reads_closed, starts_report
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel

SHOWN = 10


@panels.on("board.staff")
def chain_of_board(board: Board, request: HttpRequest) -> Panel:
    return Panel("papers/_chain_link.html")


@panels.on("planned_item.edit")
def class_of_item(item: PlannedItem, request: HttpRequest) -> Panel:
    """For those who edit the plan: who may read the item, its report and its papers."""
    return Panel("papers/_class_link.html", {"item": item})


@panels.on("board.side")
def closed_of_board(board: Board, request: HttpRequest) -> Panel | None:
    """For those who may know: what the board keeps from the public."""
    return Panel("papers/_closed_link.html") if reads_closed(request.user, board) else None


@panels.on("home.main")
def own_reports(user, request: HttpRequest) -> Panel | None:
    """What the person waits for: who holds the reports they wrote, or whose items they lead."""
    if not has_to_do_with_reports(user):
        return None
    theirs = Report.objects.filter(Q(author=user) | Q(item__lead=user))
    waiting = ReportStep.objects.filter(version__report__in=theirs.values("pk"), state=ReportStep.State.OPEN)
    rows = list(waiting.select_related("holder", "version__report").order_by("due_on", "pk")[:SHOWN])
    return Panel("papers/_home.html", {"waiting": rows}) if rows or theirs.exists() else None


@panels.on("planned_item.main")
def report_of_item(item: PlannedItem, request: HttpRequest) -> Panel | None:
    """The report of an item, for those who work on it or may read it; for who leads the item, a way to start it."""
    report = Report.objects.visible_to(request.user).filter(item=item).first()
    starts = report is None and starts_report(request.user, item)
    return Panel("papers/_report_of_item.html", {"report": report, "item": item}) if report or starts else None

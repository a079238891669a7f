"""Where staff say how the reports of a board are signed off; a person's own reports, at home; the reports on the
route of a topic."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.papers.models import Report, ReportStep
from assemblies.papers.rules import has_to_do_with_reports, items_to_start, reads_closed
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
    waiting = ReportStep.objects.wanted(timezone.now()).filter(version__report__in=theirs.values("pk"))
    rows = list(waiting.select_related("holder", "version__report").order_by("due_on", "pk")[:SHOWN])
    return Panel("papers/_home.html", {"waiting": rows}) if rows or theirs.exists() else None


@panels.on("topic.main")
def reports_of_topic(topic: Topic, request: HttpRequest) -> Panel | None:
    """The cover reports on its route, for those who work on them or may read them; for who leads an item, and for staff, a way
    to start its."""
    user = request.user
    reports = Report.objects.visible_to(user).filter(item__topic=topic).select_related("item__board", "item__meeting")
    to_start = items_to_start(user, timezone.now()).filter(topic=topic).select_related("board", "meeting")
    works_on = Report.objects.of_person(user).filter(item__topic=topic).values_list("pk", flat=True)
    found = {"reports": list(reports.order_by("item__meeting__starts_at", "pk")), "to_start": list(to_start)}
    if not any(found.values()):
        return None
    return Panel(
        "papers/_reports_of_topic.html", found | {"works_on": set(works_on) if user.is_authenticated else set()}
    )

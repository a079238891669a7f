"""Where actions show themselves: on the agenda of the next meeting, on the page of their board, at home."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from assemblies.follow_up.forms.search import ALL, OF_BOARDS
from assemblies.follow_up.models import FollowUp
from assemblies.follow_up.on_agenda import carried_to
from assemblies.follow_up.rules import keeps_a_log
from assemblies.meetings.in_common import of_any_board
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaVersion
from partnership import panels
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.panels import Panel

panels.ask_first("meeting", has_open_actions=of_any_board(FollowUp.objects.open()))


@panels.on("agenda.actions")
def under_the_item(version: AgendaVersion, request: HttpRequest) -> Panel | None:
    """Under the standing item about actions, where the agenda has one."""
    rows = _carried_to(version.meeting, request)
    return Panel("follow_up/_on_agenda.html", {"follow_ups": rows}) if rows else None


@panels.on("agenda.foot")
def after_the_items(version: AgendaVersion, request: HttpRequest) -> Panel | None:
    """After the last item, where no item is about actions."""
    if any(item.is_about_actions for item in getattr(version, "shown_items", ())):
        return None
    rows = _carried_to(version.meeting, request)
    return Panel("follow_up/_on_agenda.html", {"follow_ups": rows, "at_foot": True}) if rows else None


@panels.on("draft_agenda.foot")
def on_the_draft(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """For those who prepare the meeting: what its agenda will show of actions."""
    rows = _carried_to(meeting, request)
    return Panel("follow_up/_on_draft.html", {"follow_ups": rows}) if rows else None


def _carried_to(meeting: Meeting, request: HttpRequest) -> list[FollowUp]:
    if not panels.may_have(meeting, "has_open_actions"):
        return []
    return carried_to(meeting, request.user, timezone.now())


@panels.on("board.side")
def log_of_board(board: Board, request: HttpRequest) -> Panel | None:
    """How many are open and late; for chair and staff also where none was recorded yet."""
    is_open = Q(state=FollowUp.State.OPEN)
    late = is_open & Q(due_on__lt=timezone.localdate())
    rows = FollowUp.objects.visible_to(request.user).of_boards([board])
    counts = {name: Count("pk", filter=which) for name, which in (("open", is_open), ("late", late))}
    found = rows.aggregate(all=Count("pk"), **counts)
    if not found["all"] and not keeps_a_log(request.user, board):
        return None
    return Panel("follow_up/_on_board.html", {"found": found})


@panels.on("home.main")
def own(user, request: HttpRequest) -> Panel | None:
    """Where a person finds all of theirs."""
    open_ones = FollowUp.objects.of_person(user).open().count()
    keeps = keeps_a_log(user)
    if not open_ones and not keeps:
        return None
    of_boards = f"{reverse('follow_ups')}?whose={ALL if is_partnership_staff(user) else OF_BOARDS}" if keeps else ""
    return Panel("follow_up/_home.html", {"open_ones": open_ones, "of_boards": of_boards})

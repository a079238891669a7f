"""What a board's forward plan shows to somebody: meetings to come with their items, what waits for one, and what the board
took up lately; and the route of a topic through boards."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

import rules
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan import withholding
from assemblies.forward_plan.models import ItemMove, PlannedItem, Topic
from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from partnership import dates, decision_links
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board

MEETINGS, TAKEN_UP = 60, 12
UNDATED, UNSAID = "Choose a meeting", "Say what the board said"


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next about an item or a topic; no `url` where it is not for this person to do."""

    words: str
    url: str = ""


@dataclass
class Row:
    """A planned item as this person sees it, with the other boards on the route of its topic."""

    item: PlannedItem
    next_step: NextStep | None
    may_edit: bool
    may_read: bool  # else its safe title is all that they see of it, and why it is closed
    elsewhere: list[PlannedItem] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.item.title if self.may_read else self.item.public_title


@dataclass
class PlannedMeeting:
    """A meeting to come, with what is planned for it, and the other boards that meet there."""

    meeting: Meeting
    is_known: bool  # to everybody who reads the page: it has a page of its own for them
    rows: list[Row] = field(default_factory=list)
    others: list[Board] = field(default_factory=list)

    @property
    def in_common(self) -> str:
        """Returns "In common with the B.", or "" where the board meets alone."""
        return f"In common with {names_of(self.others)}." if self.others else ""


@dataclass
class Plan:
    """The plan. `reads_all` where the person sees more than what is public."""

    meetings: list[PlannedMeeting]
    waiting: list[Row]
    parked: list[Topic]
    taken_up: list[Row]
    may_edit: bool
    reads_all: bool


def of(board: Board, user, now: datetime | None = None) -> Plan:
    """The plan of the board as the person may see it; the same number of queries whatever it holds."""
    now = now or timezone.now()
    edits = rules.has_perm("forward_plan.edit_plan", user, board)
    reads = edits or rules.has_perm("forward_plan.read_plan", user, board)
    known = Meeting.objects.visible_to(user).of_boards([board])
    meetings = Meeting.objects.of_boards([board]) if reads else Meeting.objects.public().of_boards([board])
    shown = list(meetings.upcoming(now).with_boards()[:MEETINGS])
    known_pks = set(known.upcoming(now).values_list("pk", flat=True)) if reads else {each.pk for each in shown}
    items = (
        board.planned_items.visible_to(user).live().with_closures().select_related("topic", "lead", "meeting", "board")
    )
    planned = list(items.filter(meeting__in=[each.pk for each in shown]).order_by("position", "pk"))
    waiting = list(items.without_meeting()) if reads else []
    past = list(items.taken_up(now)[:TAKEN_UP])
    elsewhere = _elsewhere([*planned, *waiting, *past], user)
    withheld = withholding.plans_withheld_from(user)

    def row(item: PlannedItem) -> Row:
        leads = user.is_authenticated and item.lead_id == user.pk
        step = next_step(item, edits=edits, now=now) if reads else None
        others = [each for each in elsewhere[item.topic_id] if each.pk != item.pk]
        may_read = item.closed_by is None or ((reads or leads) and item.pk not in withheld)
        return Row(item, step if may_read else None, edits, may_read, others)

    by_meeting = defaultdict(list)
    for item in planned:
        by_meeting[item.meeting_id].append(row(item))
    return Plan(
        meetings=[
            PlannedMeeting(
                each, each.pk in known_pks, by_meeting[each.pk], [other for other in boards_of(each) if other != board]
            )
            for each in shown
        ],
        waiting=[row(item) for item in waiting],
        parked=list(board.topics.visible_to(user).parked().order_by("parked_at", "title")) if reads else [],
        taken_up=[row(item) for item in past],
        may_edit=edits,
        reads_all=reads,
    )


def _elsewhere(items: list[PlannedItem], user) -> dict[int, list[PlannedItem]]:
    """The routes of the topics of these items as the person may know of them, by topic. One query."""
    found = defaultdict(list)
    route = PlannedItem.objects.visible_to(user).filter(topic__in={item.topic_id for item in items}).route()
    for each in route.select_related("board", "meeting"):
        found[each.topic_id].append(each)
    return found


def next_step(item: PlannedItem, *, edits: bool, now: datetime) -> NextStep | None:
    """What has to happen next for the item: a meeting, somebody to lead it, its report; once the board has met, that
    somebody writes down what it said. None where nothing has to."""
    args = [item.board.slug, item.pk]
    if item.meeting and item.meeting.starts_at <= now:
        return NextStep(UNSAID, reverse("planned_item_result", args=args)) if edits and not item.result else None
    if item.meeting is None:
        return NextStep(UNDATED, reverse("planned_item_move", args=args) if edits else "")
    if item.lead is None:
        return NextStep("Say who leads it", reverse("planned_item_edit", args=args) if edits else "")
    if item.report_is_expected:
        assert item.report_due_on is not None, "a report is expected by a day"
        is_late = item.report_due_on < timezone.localdate(now)
        words = f"Report {'was due' if is_late else 'due'} on {dates.day(item.report_due_on)}"
        return NextStep(f"{words}, and is late" if is_late else words, item.topic.get_absolute_url())
    return None


@dataclass
class Step:
    """One board on the route of a topic. Its meeting has a page for this person where it `is_known`; what the board said is
    for those who `may_read` it, with `links` beside it."""

    item: PlannedItem
    is_known: bool
    moves: list[ItemMove]
    reads: bool
    edits: bool
    leads: bool
    has_met: bool
    may_read: bool
    next_step: NextStep | None
    links: list[decision_links.Link]


def route(topic: Topic, user, now: datetime | None = None) -> list[Step]:
    """The boards a topic goes through, in the order in which they take it up; lead, report and moves for who sits there."""
    now = now or timezone.now()
    items = PlannedItem.objects.visible_to(user).filter(topic=topic).select_related("board", "meeting", "lead", "topic")
    found = list(
        items.with_closures().route().prefetch_related("moves__old_meeting", "moves__new_meeting", "moves__moved_by")
    )
    known = set(Meeting.objects.visible_to(user).filter(planned_items__topic=topic).values_list("pk", flat=True))
    staff, held, chaired = is_partnership_staff(user), set(), set()
    if user.is_authenticated and not staff:
        held = set(Board.objects.held_by(user, or_deputises=True).values_list("pk", flat=True))
        chaired = set(Board.objects.chaired_by(user).values_list("pk", flat=True))
    withheld = withholding.plans_withheld_from(user)
    links, steps = decision_links.of_items([item for item in found if item.result], user), []
    for item in found:
        leads = user.is_authenticated and item.lead_id == user.pk
        edits = staff or item.board_id in chaired
        reads = (staff or leads or item.board_id in held | chaired) and not (item.closed_by and item.pk in withheld)
        steps.append(
            Step(
                item=item, leads=leads, is_known=item.meeting_id in known, reads=reads, edits=edits,
                moves=list(item.moves.all()) if reads else [],
                has_met=item.meeting is not None and item.meeting.starts_at <= now, links=links.get(item.pk, []),
                may_read=reads or item.closed_by is None,
                next_step=next_step(item, edits=edits, now=now) if reads else None,
            )
        )  # fmt: skip
    return steps

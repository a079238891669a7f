"""Key decisions and private parts of an agenda of a council's executive: marked, and held back while they have no notice."""

from datetime import datetime

from django.utils import timezone

from assemblies.executive_notices import asked as asking
from assemblies.executive_notices.asked import Asked
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose
from assemblies.papers import takers
from assemblies.papers.actions import classification
from assemblies.papers.models import AgendaItem, AgendaVersion
from partnership.boards.models import Board
from partnership.refusals import Refusal


def executives_of(meeting: Meeting) -> list[Board]:
    """The boards of the meeting that are executives of councils."""
    return [each for each in boards_of(meeting) if each.is_executive]


def is_key(item: AgendaItem) -> bool:
    """Whether an executive has planned it for the meeting as a key decision."""
    return item.planned is not None and _planned(item).filter(is_key=True).exists()


def mark(*, item: AgendaItem, by, key: bool) -> None:
    """Says that an item of a draft is a key decision, or is not. It is planned as one: an item that was written by hand goes on
    the forward plan, because its notice is published before any agenda. In the caller's transaction.

    Raises Refusal where no executive decides the item.
    """
    if key == is_key(item):
        return
    meeting = item.version.meeting
    executives = executives_of(meeting)
    deciding = [each.board for each in takers.takers_of(item) if each.decides and each.board in executives]
    if key and not (deciding and item.purpose == Purpose.DECISION):
        raise Refusal(
            f"A key decision is decided by {names_of(executives)}: say that the item is for decision, and by which board.",
            "is_key",
        )
    for planned in _planned(item).filter(board__in=executives) if item.planned else []:
        planned_item.change(item=planned, by=by, is_key=key and planned.board in deciding)
    if key:
        has_it = set(_planned(item).values_list("board", flat=True)) if item.planned else set()
        for board in deciding:
            if board.pk not in has_it:
                _plan(item, board, by)


def _planned(item: AgendaItem):
    """What is planned of the item's topic for its meeting, by any board."""
    assert item.planned is not None, "the caller has looked"
    return PlannedItem.objects.for_meeting(item.version.meeting).filter(topic=item.planned.topic_id)


def _plan(item: AgendaItem, board: Board, by) -> None:
    topic = item.planned.topic if item.planned else _topic(item, board, by)
    made = planned_item.plan(
        topic=topic, board=board, by=by, meeting=item.version.meeting, role=PlannedItem.Role.DECISIVE,
        purpose=Purpose.DECISION, needs_report=False, is_key=True,
    )  # fmt: skip
    if item.planned is None:
        item.planned = made
        item.save(update_fields=["planned"])
        classification.close_plan_of(item)


def _topic(item: AgendaItem, board: Board, by) -> Topic:
    """The topic of its title on the board's plan; a new one where there is none."""
    known = board.topics.filter(closed_at__isnull=True, title__iexact=item.title).first()
    return known or topics.add(board=board, by=by, title=item.title, about=item.summary)


def notices_of(draft: AgendaVersion, now: datetime | None = None) -> list[Asked]:
    """What executives have to give notice of before the agenda is published: its key decisions, and its private part."""
    meeting, executives = draft.meeting, executives_of(draft.meeting)
    if not executives:
        return []
    rows, boards, now = (
        list(draft.items.with_closures().prefetch_related("taking__board")),
        boards_of(meeting),
        now or timezone.now(),
    )
    on_it = set(draft.items.filter(planned__isnull=False).values_list("planned__topic", flat=True))
    private = PlannedItem.objects.for_meeting(meeting).filter(in_private=True, topic__in=on_it)
    in_private = set(private.values_list("board", flat=True))
    closed = (
        takers.boards_taking([row for row in rows if row.closed_by], boards)
        if any(row.closed_by for row in rows)
        else []
    )
    in_private |= {each.pk for each in closed}
    decisions = [
        each for each in asking.of_meeting(meeting, executives, now) if each.item and each.item.topic_id in on_it
    ]
    return [
        *(asking.private_meeting(meeting, each, now) for each in executives if each.pk in in_private), *decisions,
    ]  # fmt: skip


def without_notice(draft: AgendaVersion, now: datetime | None = None) -> list[str]:
    """Key decisions and private parts that have neither their notice nor what the law allows instead, in words."""
    return [each.words for each in notices_of(draft, now) if not each.standing.may_go_out]

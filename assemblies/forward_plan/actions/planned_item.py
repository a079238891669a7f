"""A topic planned for a board: placed at a meeting, moved with its history, copied without, taken off."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.models import Closure
from assemblies.forward_plan import due_dates, item_checks
from assemblies.forward_plan.actions import report_day
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import ItemMove, PlannedItem, Topic
from assemblies.meetings import in_common
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from partnership import audit, positions
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.models import Board
from partnership.refusals import Refusal


@transaction.atomic
def plan(
    *, topic: Topic, board: Board, by, meeting: Meeting | None, role: str, purpose: str, lead=None,
    needs_report: bool = True, report_due_on: date | None = None, is_key: bool = False, in_private: bool = False,
    now: datetime | None = None,
) -> PlannedItem:  # fmt: skip
    """Plans the topic for the board, at one of its meetings or without one yet; a parked topic is parked no more.

    The report is due, unless a day is given, as many working days before publication as the board says. What the board has
    closed to the public stays closed in the new item; a topic whose title is not public is closed at every board, and so is
    what another board of the meeting has closed there: a board that has given no ground is asked for it. Submitted twice it
    is one item.

    Raises Refusal for a topic that is closed or at this meeting already, a meeting that has started, is cancelled or is another
    board's, a decision at a board that only advises, a key decision or a private item of a board that is not a council's
    executive, and a report due after publication.
    """
    now, meeting = now or timezone.now(), _hold(meeting)
    locked = topics.lock(topic)
    if locked.closed_at:
        raise Refusal("This topic is closed. Park it again first, then plan it.")
    item_checks.refuse_decisions(board, role, purpose)
    item_checks.refuse_key(board, role, purpose, is_key=is_key, in_private=in_private)
    item_checks.refuse_meeting(board, meeting, now)
    due, chosen = due_dates.choose(meeting, board, report_due_on, needed=needs_report, now=now)
    facts = {
        "role": role, "purpose": purpose, "lead": lead, "needs_report": needs_report, "report_due_on": due,
        "report_day_chosen": chosen, "is_key": is_key, "in_private": in_private,
    }  # fmt: skip
    there = item_checks.live_item(locked, board, meeting)
    if there and all(getattr(there, name) == value for name, value in facts.items()):
        return there
    item_checks.refuse_twice(there)
    item = PlannedItem.objects.create(
        topic=locked, board=board, meeting=meeting, position=_last(meeting) + 1,
        closure=_closed_beside(locked, meeting) or _closed_as_before(locked, board, by), **facts,
    )  # fmt: skip
    _unpark(locked)
    audit.record(
        by=by, verb="planned_item.planned", subject=item, board=str(board), on=_day(meeting), role=role, purpose=purpose
    )
    return item


@transaction.atomic
def change(*, item: PlannedItem, by, revision: int | None = None, **facts: Any) -> PlannedItem:
    """Changes role, purpose, lead, and when its report is due; returns the item. Raises Stale and Refusal, as `plan`."""
    locked = _lock(item)
    names = ("role", "purpose", "needs_report", "is_key", "in_private")
    would_be = {name: facts.get(name, getattr(locked, name)) for name in names}
    item_checks.refuse_decisions(locked.board, would_be["role"], would_be["purpose"])
    item_checks.refuse_key(locked.board, **{name: value for name, value in would_be.items() if name != "needs_report"})
    if "report_due_on" in facts or "needs_report" in facts:
        given = facts.get("report_due_on", locked.report_due_on)
        due, chosen = due_dates.choose(
            locked.meeting, locked.board, given, needed=would_be["needs_report"], now=timezone.now()
        )
        chosen = locked.report_day_chosen if due == locked.report_due_on else chosen
        facts |= {"report_due_on": due, "report_day_chosen": chosen}
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    if not changed:
        return locked
    refuse_if_stale(locked, revision, facts)
    for name, value in facts.items():
        setattr(locked, name, value)
    if {"lead", "needs_report", "report_due_on"} & set(changed):
        report_day.take_back_reminders(locked, because="What is planned was changed.")
    _save(locked, by, "planned_item.changed", fields=changed)
    return locked


@transaction.atomic
def move(
    *, item: PlannedItem, by, meeting: Meeting | None, reason: str, report_due_on: date | None = None,
    now: datetime | None = None,
) -> ItemMove | None:  # fmt: skip
    """Moves the item to another meeting of its board, or back to the plan (`meeting` None). Its history goes with it.

    What the board said at the old meeting stays with the move. The report is due as for the new meeting. Submitted twice
    it moves once; None where it is there already. Raises Refusal without a reason, and as `plan`.
    """
    now, meeting = now or timezone.now(), _hold(meeting)
    locked = _lock(item)
    if locked.meeting == meeting:
        return locked.moves.filter(new_meeting=meeting).last() if meeting else locked.moves.last()
    if not reason.strip():
        raise Refusal("Say why it moves. Those who read the whole plan see it.", "reason")
    item_checks.refuse_meeting(locked.board, meeting, now)
    item_checks.refuse_twice(item_checks.live_item(locked.topic, locked.board, meeting))
    due, chosen = due_dates.choose(meeting, locked.board, report_due_on, needed=locked.needs_report, now=now)
    return _move(locked, by, meeting, reason.strip(), due, chosen=chosen)


@transaction.atomic
def copy(*, item: PlannedItem, by, meeting: Meeting, now: datetime | None = None) -> PlannedItem:
    """Plans the same topic for another meeting of the board: what was asked of the item, and nothing of its history."""
    source = PlannedItem.objects.select_related("topic", "board", "lead", "meeting").get(pk=item.pk)
    if source.meeting_id == meeting.pk and not source.withdrawn_at:
        item_checks.refuse_twice(source)
    made = plan(
        topic=source.topic, board=source.board, by=by, meeting=meeting, role=source.role, purpose=source.purpose,
        lead=source.lead, needs_report=source.needs_report, is_key=source.is_key, in_private=source.in_private, now=now,
    )  # fmt: skip
    if made.copied_from_id is None and made.pk != source.pk:
        made.copied_from = source
        made.save(update_fields=["copied_from"])
    return made


@transaction.atomic
def shift(*, item: PlannedItem, by, up: bool) -> None:
    """Moves the item one place among those of its board at its meeting; at the end of the list nothing happens."""
    locked = _lock(item)
    if locked.meeting is None:
        return
    topics.lock_plan(locked.board)
    rows = PlannedItem.objects.for_meeting(locked.meeting)
    place = positions.shift(rows, locked.pk, up=up, among=lambda row: row.board_id == locked.board_id)
    if place:
        audit.record(by=by, verb="planned_item.reordered", subject=locked, position=place)


@transaction.atomic
def withdraw(*, item: PlannedItem, by, reason: str, now: datetime | None = None) -> PlannedItem:
    """Takes the item off the plan and says why. Where nothing else is planned for its topic, the topic is parked again."""
    locked, now = _lock_any(item), now or timezone.now()
    if locked.withdrawn_at:
        return locked
    if not reason.strip():
        raise Refusal("Say why it is taken off.", "reason")
    locked.withdrawn_at, locked.withdrawn_because = now, reason.strip()
    report_day.take_back_reminders(locked, because="The item was taken off the plan.")
    _save(locked, by, "planned_item.withdrawn", reason=reason.strip())
    topic = locked.topic
    if not topic.closed_at and not topic.items.live().exists():
        topic.parked_at, topic.parked_because = now, reason.strip()
        topic.save(update_fields=["parked_at", "parked_because"])
    return locked


@transaction.atomic
def receive_report(*, item: PlannedItem, by, now: datetime | None = None) -> PlannedItem:
    """Says that the report is in, so that nobody is asked for it any more."""
    locked = _lock(item)
    report_day.take_back_reminders(locked, because="The report is in.")
    if locked.report_received_at is None:
        locked.report_received_at = now or timezone.now()
        _save(locked, by, "planned_item.report_received")
    return locked


@transaction.atomic
def say_result(
    *, item: PlannedItem, by, result: str, revision: int | None = None, now: datetime | None = None
) -> PlannedItem:
    """Writes down in a sentence what the board said. Raises Stale when somebody else did since `revision`, and Refusal before its
    meeting has started."""
    locked = _lock(item)
    if locked.meeting is None or locked.meeting.starts_at > (now or timezone.now()):
        raise Refusal("The board has not met on it yet.")
    if locked.result != result.strip():
        refuse_if_stale(locked, revision, ["result"])
        locked.result = result.strip()
        _save(locked, by, "planned_item.result", fields=["result"])
    return locked


def call_off(*, meeting: Meeting, by, reason: str) -> int:
    """For a meeting that is cancelled or deleted: what was planned for it waits on the plan again; returns how many.

    An item whose topic waits at the board already is taken off, so that it waits once. In the caller's transaction.
    """
    items = list(PlannedItem.objects.for_meeting(meeting).select_related("topic", "board").order_by("topic", "pk"))
    for item in items:  # topics are locked in one order, whatever else is called off now
        _give_back(item, by, reason)
    return len(items)


def follow_meeting(*, meeting: Meeting, by, last_day: date) -> None:
    """For a meeting that was moved, or of other boards, and whose agenda was due by that day until now. In the caller's
    transaction.

    Reports that were due on the usual day are due on the new one's, others no later than publication. What was planned for
    a board that does not meet there any more waits on its own plan again.
    """
    boards = boards_of(meeting)
    others = PlannedItem.objects.for_meeting(meeting).exclude(board__in=boards)
    for item in others.select_related("topic", "board").order_by("topic", "pk"):
        _give_back(item, by, f"The {item.board} does not meet there any more.")
    if in_common.last_day_to_publish(meeting) != last_day:
        report_day.follow(PlannedItem.objects.for_meeting(meeting), by=by, moved=True)


def _give_back(item: PlannedItem, by, reason: str) -> None:
    if item_checks.live_item(item.topic, item.board, None):
        withdraw(item=item, by=by, reason=reason)
    else:
        _move(_lock(item), by, None, reason, None, chosen=False)


def _move(item: PlannedItem, by, meeting: Meeting | None, reason: str, due: date | None, *, chosen: bool) -> ItemMove:
    old = item.meeting
    fact = ItemMove.objects.create(
        item=item, old_meeting=old, new_meeting=meeting, reason=reason, result=item.result, moved_by=by
    )
    item.meeting, item.position, item.result = meeting, _last(meeting) + 1, ""
    item.report_due_on, item.report_day_chosen = due, chosen
    if item.closed_by is None:
        item.closure = _closed_beside(item.topic, meeting) or item.closure
    report_day.take_back_reminders(item, because="The item moved to another meeting.")
    _save(item, by, "planned_item.moved", old=_day(old), new=_day(meeting), reason=reason)
    return fact


def _hold(meeting: Meeting | None) -> Meeting | None:
    """The meeting as it stands, locked before the topic: whoever cancels or moves it waits, or is waited for."""
    return Meeting.objects.locked().select_related("board").get(pk=meeting.pk) if meeting else None


def _lock(item: PlannedItem) -> PlannedItem:
    """The item, under the lock of its topic. Raises Refusal for one that was taken off meanwhile."""
    locked = _lock_any(item)
    if locked.withdrawn_at:
        raise Refusal("This item was taken off the plan. Plan its topic again.")
    return locked


def _lock_any(item: PlannedItem) -> PlannedItem:
    topic = topics.lock(Topic(pk=item.topic_id))
    locked = PlannedItem.objects.select_related("board", "meeting__board", "lead").get(pk=item.pk)
    locked.topic = topic
    return locked


def _closed_as_before(topic: Topic, board: Board, by) -> Closure | None:
    """A closure like that of the topic's other items, those taken off too; None where it may be open."""
    items = topic.items.closed().select_related("closure").order_by("-pk")
    other = items.filter(board=board).first() or items.closed_under_another_title().first()
    return closures.copy(closure=other.closure, by=by, board=board) if other else None


def _closed_beside(topic: Topic, meeting: Meeting | None) -> Closure | None:
    """What closes the topic at this meeting in common already: of one matter all is closed together. None where it is open."""
    if meeting is None:
        return None
    beside = PlannedItem.objects.for_meeting(meeting).filter(topic=topic).closed().select_related("closure").first()
    return beside.closure if beside else None


def _last(meeting: Meeting | None) -> int:
    if meeting is None:
        return 0
    return PlannedItem.objects.for_meeting(meeting).aggregate(last=Max("position"))["last"] or 0


def _unpark(topic: Topic) -> None:
    topic.parked_at, topic.parked_because = None, ""
    topic.save(update_fields=["parked_at", "parked_because"])


def _save(item: PlannedItem, by, verb: str, **details: Any) -> None:
    item.revision += 1
    item.save()
    audit.record(by=by, verb=verb, subject=item, revision=item.revision, **details)


def _day(meeting: Meeting | None) -> str:
    return timezone.localdate(meeting.starts_at).isoformat() if meeting else ""

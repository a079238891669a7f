"""A board asks its member organisations whether each line of its purpose still stands; what they said goes to its meeting."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assemblies.forward_plan import item_checks
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose, may_decide
from assemblies.purpose.models import PurposeVersion, Round, RoundLine
from assemblies.voice import call_results
from assemblies.voice.actions import call as calls
from assemblies.voice.models import CallForViews, TopicView
from partnership import audit, dates
from partnership.boards.models import Board
from partnership.one_by_one import one_by_one
from partnership.refusals import Refusal

ITEM = "Our purpose: does every line still stand?"


@transaction.atomic
def open_round(
    *, board: Board, meeting: Meeting, by, closes_at: datetime, key: UUID, words: str = "",
    now: datetime | None = None,
) -> Round:  # fmt: skip
    """Asks each member organisation about each line, and plans an item for the meeting. Returns the round; sent twice with one
    key it is one.

    The caller has checked that `by` chairs the board. Raises Refusal without a purpose or a chair's seat, while another round
    is open, and as a call does.
    """
    now = now or timezone.now()
    version = hold(board)
    if known := Round.objects.filter(call__key=key, board=board).first():
        return known
    close_due_of(board, now)
    if there := Round.objects.open().filter(board=board).select_related("call__meeting").first():
        raise Refusal(f"Members are asked already, until {dates.moment(there.call.closes)}.")
    seat = board.seats.in_being(timezone.localdate(now)).filter(is_chair=True).select_related("board").first()
    if seat is None:
        raise Refusal("This board has no chair’s seat, and it is the chair who asks. Staff can add one.")
    lines = list(version.lines.all())
    call = calls.open_call(
        meeting=meeting, seat=seat, by=by, closes_at=closes_at, key=key, words=words, lines=[each.text for each in lines],
        now=now,
    )  # fmt: skip
    item = _plan(board, meeting, by, now)
    made = Round.objects.create(board=board, version=version, call=call, planned=item)
    RoundLine.objects.bulk_create(
        RoundLine(round=made, line=line, topic=topic) for line, topic in zip(lines, call.topics.all(), strict=True)
    )
    audit.record(by=by, verb="purpose.round_opened", subject=made, number=version.number, partners=call.asked.count())
    return made


def close_due(now: datetime | None = None) -> int:
    """Writes down the results of rounds that are over; returns how many."""
    now = now or timezone.now()
    due = list(Round.objects.due(now).values_list("pk", flat=True))
    return one_by_one(due, lambda pk: int(_close_one(pk, now)), "the purpose round")


def hold(board: Board) -> PurposeVersion:
    """The version in force, under one lock for the board: whoever asks members, closes a round or writes the next version waits
    here. Raises Refusal where the board has none."""
    first = PurposeVersion.objects.select_for_update(no_key=True, of=("self",)).filter(board=board, number=1).first()
    if first is None:
        raise Refusal("This board has not entered its purpose yet. Enter it first.")
    return PurposeVersion.objects.select_related("board", "made_by").filter(board=board).order_by("-number")[0]


def close_due_of(board: Board, now: datetime) -> None:
    """For one board, under its lock: so that nobody waits for the clock to write down a result."""
    for pk in Round.objects.due(now).filter(board=board).values_list("pk", flat=True):
        _close(pk, now)


@transaction.atomic
def _close_one(pk: int, now: datetime) -> bool:
    hold(Board.objects.get(purpose_rounds=pk))
    return _close(pk, now)


def _close(pk: int, now: datetime) -> bool:
    """Counts what was said, once. An answer on its way when the call closed is waited for, under the lock of the call."""
    row = Round.objects.select_related("board", "call").get(pk=pk)
    calls_locked = CallForViews.objects.select_for_update(no_key=True, of=("self",)).select_related("meeting")
    call = calls_locked.get(pk=row.call_id)
    if row.closed_at or call.is_open(now):
        return False
    views = TopicView.objects.filter(answer__call=call).select_related("answer__partner")
    by_topic: dict[int, list[TopicView]] = {}
    for view in views.order_by("answer__partner__name", "pk"):
        by_topic.setdefault(view.topic_id, []).append(view)
    for line in row.lines.all():
        said = by_topic.get(line.topic_id, [])
        line.stands, line.change, line.no_longer = (sum(view.stance == each for view in said) for each in call.stances)
        line.quotes = [
            [str(view.answer.partner), view.stance, view.words] for view in said if view.answer.named and view.words
        ]
        line.save(update_fields=["stands", "change", "no_longer", "quotes"])
    row.asked, row.answered = call_results.progress(call)
    row.closed_at = now
    row.save(update_fields=["asked", "answered", "closed_at"])
    audit.record(by=None, verb="purpose.round_closed", subject=row, partners=row.asked, answers=row.answered)
    return True


def _plan(board: Board, meeting: Meeting, by, now: datetime) -> PlannedItem:
    """The item of the meeting at which the result is talked about: the one that is planned there already, or waits for a meeting
    since its own was cancelled, where there is one."""
    topic = board.topics.filter(title__iexact=ITEM, closed_at__isnull=True).first() or topics.add(
        board=board, by=by, title=ITEM, now=now,
        about="What member organisations say of each line of the purpose goes to this meeting.",
    )  # fmt: skip
    if there := item_checks.live_item(topic, board, meeting):
        return there
    if waits := item_checks.live_item(topic, board, None):
        planned_item.move(item=waits, by=by, meeting=meeting, reason="Members are asked before this meeting.", now=now)
        return waits
    decides = may_decide(board)
    return planned_item.plan(
        topic=topic, board=board, meeting=meeting, by=by, needs_report=False, now=now,
        role=PlannedItem.Role.DECISIVE if decides else PlannedItem.Role.ADVISORY,
        purpose=Purpose.DECISION if decides else Purpose.DISCUSSION,
    )  # fmt: skip

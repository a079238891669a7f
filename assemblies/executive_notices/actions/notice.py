"""A notice of a council's executive is published, or withdrawn because it was published in error."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from assemblies.executive_notices import asked, standing
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import ABOUT, OF_KEY_DECISIONS, Kind
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from partnership import audit, dates
from partnership.boards.models import Appointment, Board
from partnership.refusals import Refusal
from partnership.text import is_a_reason

NAMES_DAYS = (Kind.KEY, Kind.PRIVATE)
FOR_SCRUTINY = (Kind.KEY_SCRUTINY, Kind.KEY_URGENT, Kind.PRIVATE_URGENT)


@transaction.atomic
def publish(
    *, board: Board, kind: Kind, by, item: PlannedItem | None, meeting: Meeting, matter: str,
    first_on: date | None = None, last_on: date | None = None, now: datetime | None = None, **words: Any,
) -> ExecutiveNotice:  # fmt: skip
    """Publishes a notice of a key decision (`item`), or of a private meeting; returns it. Submitted twice, it is one notice.

    `words` are fields of the notice: documents, reasons, told, told_on, representations, answer. The first notices name a day
    or a period, which holds the day of the meeting; the others name that day. Raises Refusal for a board that is no executive,
    for an item that is no key decision of the meeting, for a kind that is too late or too early (`standing.why_not`), for a day
    outside the period, and where words are missing that the law asks for.
    """
    now, held = now or timezone.now(), _hold(board, item, meeting)
    starts_at = held.meeting.starts_at
    day = timezone.localdate(starts_at)
    first_on, last_on = (first_on or day, last_on or day) if kind in NAMES_DAYS else (day, day)
    facts = {
        "board": board, "kind": kind, "item": item if kind in OF_KEY_DECISIONS else None,
        "meeting": None if kind in OF_KEY_DECISIONS else meeting, "matter": matter.strip(), "first_on": first_on,
        "last_on": last_on, **{name: value.strip() if isinstance(value, str) else value for name, value in words.items()},
    }  # fmt: skip
    same = next((each for each in held.notices if _is_the_same(each, facts)), None)
    if same:
        return same
    why = standing.why_not(kind, starts_at, asked.rule_of(board), asked.published(held.notices), now)
    if why:
        raise Refusal(why)
    _refuse_days(first_on, last_on, day)
    _refuse_words(kind, facts, now)
    notice = ExecutiveNotice.objects.create(
        members=_members(board, timezone.localdate(now)), published_at=now, published_by=by, **facts
    )
    audit.record(by=by, verb="executive_notice.published", subject=notice, board=str(board), on=day, stage=kind.label)
    return notice


@transaction.atomic
def withdraw(*, notice: ExecutiveNotice, by, reason: str, now: datetime | None = None) -> ExecutiveNotice:
    """Takes out of view a notice that was published in error: it gives notice of nothing. Its title, days, time and the reason
    stay. Twice does no harm. Raises Refusal without a reason."""
    locked = ExecutiveNotice.objects.select_for_update(of=("self",)).select_related("board").get(pk=notice.pk)
    if locked.withdrawn_at:
        return locked
    if not is_a_reason(reason):
        raise Refusal("Say in a sentence why it is withdrawn. The public will read this.", "reason")
    locked.withdrawn_at, locked.withdrawn_because = now or timezone.now(), reason.strip()
    locked.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record(by=by, verb="executive_notice.withdrawn", subject=locked, reason=locked.withdrawn_because)
    return locked


def _hold(board: Board, item: PlannedItem | None, meeting: Meeting) -> asked.Asked:
    """How it stands, under the meeting's lock. Raises Refusal for what asks for no notice."""
    locked = Meeting.objects.locked().select_related("board").get(pk=meeting.pk)
    if not board.is_executive:
        raise Refusal(f"The {board} is not the executive of a council: the law asks it for no 28-day notices.")
    if locked.state not in asked.LIVE:
        raise Refusal(f"The meeting is {locked.get_state_display()}, so there is nothing to give notice of.")
    if item is None:
        return asked.private_meeting(locked, board, timezone.now())
    found = (
        PlannedItem.objects.live().select_related("topic", "meeting", "board").filter(pk=item.pk, is_key=True).first()
    )
    if found is None or found.meeting_id != locked.pk or found.board_id != board.pk:
        raise Refusal("It is no longer planned as a key decision of that meeting.")
    return asked.key_decision(found, timezone.now())


def _is_the_same(notice: ExecutiveNotice, facts: dict[str, Any]) -> bool:
    return notice.withdrawn_at is None and all(getattr(notice, name) == value for name, value in facts.items())


def _refuse_days(first_on: date, last_on: date, day: date) -> None:
    if last_on < first_on:
        raise Refusal("The last day is before the first: enter a later one", "last_on")
    if not first_on <= day <= last_on:
        raise Refusal(f"The meeting is on {dates.day(day)}: these days do not include it", "first_on")


def _refuse_words(kind: Kind, facts: dict[str, Any], now: datetime) -> None:
    if not facts["matter"]:
        raise Refusal("Say what it is about", "matter")
    if ABOUT[kind].reasons and not is_a_reason(facts.get("reasons", "")):
        raise Refusal("Give the reason in a sentence. The public will read it.", "reasons")
    if kind in FOR_SCRUTINY:
        if not facts.get("told"):
            raise Refusal("Enter who was told, or agreed, for scrutiny", "told")
        if not facts.get("told_on") or facts["told_on"] > timezone.localdate(now):
            raise Refusal("Enter the day, which cannot be in the future", "told_on")
    if kind == Kind.PRIVATE_SECOND and facts.get("representations") and not facts.get("answer"):
        raise Refusal("Enter the board’s answer to the representations", "answer")


def _members(board: Board, today: date) -> list[str]:
    """The names of who holds a seat on the board, the chair first: a notice of a decision lists who takes it (regulation 9)."""
    terms = Appointment.objects.current(today).filter(seat__board=board).select_related("holder", "seat")
    ordered = sorted(terms, key=lambda term: (not term.seat.is_chair, term.seat.position, term.seat.title))
    return [str(term.holder) for term in ordered]

"""A call for views: a representative asks those they represent, ahead of a meeting."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.voice import emails
from assemblies.voice.actions import member_run
from assemblies.voice.models import CallForViews, CallTopic, MemberRun
from partnership import audit, dates
from partnership.boards.models import Seat
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from places.representation.speaking import members_of, represented_by


def items_in_sight(meeting: Meeting) -> list[AgendaItem]:
    """The items members can read: those of the agenda in force, where the meeting is public. Drafts are never among them, nor
    what is closed to the public."""
    newest = meeting.agenda_versions.published().first() if meeting.is_public else None
    return list(newest.items.open()) if newest else []


@transaction.atomic
def open_call(
    *, meeting: Meeting, seat: Seat, by, closes_at: datetime, key: UUID, items: Iterable[AgendaItem] = (),
    question: str = "", lines: Sequence[str] = (), words: str = "", now: datetime | None = None,
) -> CallForViews:  # fmt: skip
    """Asks every partner the seat speaks for; a worker emails their members, each once. Returns the call. With `lines`, those
    of a purpose, it asks the member organisations of the board about each of them instead.

    The caller has checked that `by` holds the seat. The same `key` is the same submission of the form: it returns the
    call that is there. Raises Refusal when the meeting is not announced or has started; when the closing time is over or
    after the start; when nothing is asked, or an item members cannot read; when the seat speaks for nobody listed.
    """
    now = now or timezone.now()
    locked = Meeting.objects.locked().select_related("board").get(pk=meeting.pk)
    known = CallForViews.objects.filter(key=key, seat=seat, meeting=locked).first()
    if known:
        return known
    _refuse(locked, seat, now)
    _refuse_closing(locked, closes_at, now)
    items, question = list(items), question.strip()
    if not items and not question and not lines:
        raise Refusal("Choose an item, or ask a question of your own.", "question")
    in_sight = {item.pk for item in items_in_sight(locked)}
    if any(item.pk not in in_sight for item in items):
        raise Refusal("The agenda has just changed. Choose its items again.", "items")
    kind = CallForViews.Kind.PURPOSE if lines else CallForViews.Kind.VIEWS
    partners = [partner.pk for partner in _asked(kind, seat, now)]
    if not partners and lines:
        raise Refusal(
            "No listed organisation is a member: staff say on each seat, or for its holder, which one they are of."
        )
    if not partners:
        raise Refusal("The directory lists no organisation that this seat speaks for. Ask staff to look at the seat.")
    call = CallForViews.objects.create(
        meeting=locked,
        seat=seat,
        words=words.strip(),
        closes_at=closes_at,
        opened_at=now,
        opened_by=by,
        key=key,
        kind=kind,
    )
    call.asked.add(*partners)
    topics = [{"item": item} for item in items] + ([{"question": question}] if question else [])
    topics += [{"question": line} for line in lines]
    CallTopic.objects.bulk_create(
        CallTopic(call=call, position=position, **topic) for position, topic in enumerate(topics, start=1)
    )
    run = member_run.begin(call=call)
    audit.record(by=by, verb="call.opened", subject=call, topics=len(topics), partners=len(partners), people=run.total)
    return call


@transaction.atomic
def move_closing(*, call: CallForViews, by, closes_at: datetime, now: datetime | None = None) -> CallForViews:
    """Closes the call earlier or later than was said. Raises Refusal once it is closed, or for a time out of bounds."""
    now = now or timezone.now()
    row = _lock(call)
    if not row.is_open(now):
        raise Refusal("This call is closed. Open a new one if there is time before the meeting.")
    _refuse_closing(row.meeting, closes_at, now)
    if row.closes_at != closes_at:
        before, row.closes_at = row.closes_at, closes_at
        row.save(update_fields=["closes_at"])
        audit.record(by=by, verb="call.closing_moved", subject=row, before=dates.moment(before))
    return row


@transaction.atomic
def ask_newcomers(*, call: CallForViews, now: datetime | None = None) -> int:
    """Asks partners listed and people accepted since the call opened; returns how many emails that makes.

    While those who were there when it opened are still being written to, newcomers wait for the next round.
    """
    now = now or timezone.now()
    row = _lock(call)
    if not row.is_open(now) or MemberRun.objects.unfinished().filter(call=row).exists():
        return 0
    known = set(row.asked.values_list("pk", flat=True))
    new = [partner for partner in _asked(row.kind, row.seat, now) if partner.pk not in known]
    row.asked.add(*new)
    told = emails.asked(call=row, members=emails.members_of(row.asked.public(), but=row.opened_by))
    if new:
        audit.record(by=None, verb="call.newcomers_asked", subject=row, partners=len(new), told=told)
    return told


def _asked(kind: str, seat: Seat, now: datetime) -> QuerySet[Partner]:
    """Those that a call of this kind asks."""
    today = timezone.localdate(now)
    return members_of(seat.board, today) if kind == CallForViews.Kind.PURPOSE else represented_by(seat, today)


def _lock(call: CallForViews) -> CallForViews:
    rows = CallForViews.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("meeting__board", "seat__board").get(pk=call.pk)


def _refuse(meeting: Meeting, seat: Seat, now: datetime) -> None:
    if seat.board not in boards_of(meeting):
        raise Refusal(f"This seat is not on a board that meets: {names_of(boards_of(meeting))}.")
    if meeting.state == Meeting.State.DRAFT:
        raise Refusal("The meeting is not announced yet, so nobody can be asked about it.")
    if meeting.state != Meeting.State.PUBLISHED:
        raise Refusal(f"The meeting is {meeting.get_state_display()}, so nobody can be asked about it any more.")
    if meeting.starts_at <= now:
        raise Refusal("The meeting has started. Report back after it.")


def _refuse_closing(meeting: Meeting, closes_at: datetime, now: datetime) -> None:
    if closes_at <= now:
        raise Refusal("Choose a closing time in the future.", "closes_at")
    if closes_at > meeting.starts_at:
        begins = dates.moment(meeting.starts_at)
        raise Refusal(f"Close before the meeting starts, {begins}, so that you can bring the answers.", "closes_at")

"""An action: somebody takes it on, does it, puts it off, hands it on. Whoever calls has checked who may."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.decisions.models import Decision
from assemblies.follow_up import emails
from assemblies.follow_up.models import FollowUp, FollowUpChange
from assemblies.follow_up.reminding import stage_of
from assemblies.follow_up.telling import is_told_at_once
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from partnership import audit, dates, states
from partnership.accounts.models import User
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.models import Board
from partnership.files import storing
from partnership.refusals import Refusal
from partnership.text import is_a_reason, paragraphs

LONGEST = 1000  # characters of what is to be done, and of what is said about it
Kind, State = FollowUpChange.Kind, FollowUp.State


@transaction.atomic
def assign(
    *, by, board: Board, text: str, owner: User | None, due_on: date | None, meeting: Meeting | None = None,
    item: AgendaItem | None = None, decision: Decision | None = None, key: UUID | None = None, closure: Closure | None = None,
    illustrative: bool = False, now: datetime | None = None,
) -> FollowUp:  # fmt: skip
    """Somebody takes it on; returns the action. Sent twice with one `key` it is one action.

    `meeting`: where it was agreed; by default that of `item`. Its owner is told at once, or, where the meeting is not over, in
    one email with all of theirs (`reminder.tell_owners`). With an item that is closed to the public it is closed too. Raises
    Refusal without words, an owner or a day, and for a day before the one on which it was agreed.
    """
    now, text = now or timezone.now(), paragraphs(text)
    Board.objects.select_for_update(no_key=True).get(pk=board.pk)  # who enters it twice waits here
    known = FollowUp.objects.with_facts().filter(key=key).first() if key else None
    if known:
        return known
    meeting = meeting or (item.version.meeting if item else None)
    if item and item.version.meeting_id != meeting.pk:
        raise ValueError("The item is of another meeting")
    agreed_on = timezone.localdate(meeting.starts_at if meeting else now)
    _refuse_words(text, "Enter what is to be done", "text")
    _refuse_owner(owner, "owner")
    _refuse_day(due_on, agreed_on)
    row = FollowUp(
        board=board, meeting=meeting, item=item, text=text, owner=owner, owner_name=str(owner)[:200],
        owner_since=agreed_on, agreed_on=agreed_on, due_on=due_on, closure=closure, decision=decision,
        illustrative=illustrative, created_by=by, created_at=now,
    )  # fmt: skip
    if key:
        row.key = key
    states.enter(row, State.OPEN)
    row.reminded = stage_of(row, timezone.localdate(now))
    row.save()
    _changed(row, Kind.ASSIGNED, by, now, new_owner=owner, new_due_on=due_on)
    if is_told_at_once(row, now):
        row.told_at = now
        row.save(update_fields=["told_at"])
        emails.assigned(row, by=by)
    audit.record(by=by, verb="action.assigned", subject=row, owner=owner.pk, due_on=due_on.isoformat())
    return row


@transaction.atomic
def hand_on(
    *, follow_up: FollowUp, by, to: User | None, because: str, revision: int | None = None, now: datetime | None = None
) -> FollowUp:
    """Gives it to somebody else, and says why; both are told. Returns it. Where they have it already nothing changes.

    Raises Refusal once it is closed, without a reason, and for nobody; Stale where somebody changed it since `revision`.
    """
    row = _open(follow_up)
    if to is not None and row.owner_id == to.pk:
        return row
    refuse_if_stale(row, revision, ["owner"])
    because = paragraphs(because)
    _refuse_owner(to, "to")
    _refuse_reason(because, "Say in a sentence why it is handed on")
    old = _give(row, by, to, because, now or timezone.now())
    emails.assigned(row, by=by, because=because)
    emails.handed_on(row, old_owner=old, by=by, because=because)
    return row


@transaction.atomic
def hand_on_all(
    *, follow_ups: Iterable[FollowUp], by, to: User | None, because: str, now: datetime | None = None
) -> int:
    """Gives all of them, those of somebody who has left, to one person, who is told in one email; returns how many.

    One that was closed or handed on meanwhile stays as it is. Raises Refusal as `hand_on` does.
    """
    now, because = now or timezone.now(), paragraphs(because)
    _refuse_owner(to, "to")
    _refuse_reason(because, "Say in a sentence why they are handed on")
    owners = {each.pk: each.owner_id for each in follow_ups}
    rows = FollowUp.objects.select_for_update(of=("self",)).with_facts().open().filter(pk__in=owners).order_by("pk")
    given = [row for row in rows if row.owner_id == owners[row.pk] != to.pk]
    for row in given:
        _give(row, by, to, because, now)
    if given and to != by:
        emails.assigned_many(given, by=by, because=because)
    return len(given)


@transaction.atomic
def postpone(
    *, follow_up: FollowUp, by, due_on: date | None, because: str, revision: int | None = None,
    now: datetime | None = None,
) -> FollowUp:  # fmt: skip
    """Gives it another day, and says why; returns it. The same day changes nothing. Raises Refusal and Stale as `hand_on`."""
    now, row = now or timezone.now(), _open(follow_up)
    if due_on == row.due_on:
        return row
    refuse_if_stale(row, revision, ["due_on"])
    because = paragraphs(because)
    _refuse_day(due_on, row.agreed_on)
    if due_on < timezone.localdate(now):
        raise Refusal("The new day is past. Enter one that is still to come", "due_on")
    _refuse_reason(because, "Say in a sentence why it takes until then")
    _changed(row, Kind.POSTPONED, by, now, words=because, old_due_on=row.due_on, new_due_on=due_on)
    row.due_on = due_on
    row.reminded = stage_of(row, timezone.localdate(now))
    _save(row, by, "action.postponed", "due_on", "reminded")
    return row


@transaction.atomic
def note(*, follow_up: FollowUp, by, words: str, now: datetime | None = None) -> FollowUpChange:
    """Adds how far it is to its history; returns that. The same words twice, one after the other, are one note."""
    row, words = _lock(follow_up), paragraphs(words)
    _refuse_words(words, "Enter how far it is", "words")
    last = row.changes.order_by("at", "pk").last()
    if last and (last.kind, last.words, last.by_id) == (Kind.NOTED, words, by.pk):
        return last
    made = _changed(row, Kind.NOTED, by, now or timezone.now(), words=words)
    audit.record(by=by, verb="action.noted", subject=row)
    return made


@transaction.atomic
def complete(
    *, follow_up: FollowUp, by, evidence: str, link: str = "", file: File | None = None, now: datetime | None = None
) -> FollowUp:
    """Closes it as done, with what shows it; returns it. Raises Refusal without evidence in words, and where somebody has
    closed it already."""
    now, row, evidence = now or timezone.now(), _lock(follow_up), paragraphs(evidence)
    if _said_already(row, Kind.DONE, by, evidence):
        return row
    _refuse_closed(row)
    _refuse_reason(evidence, "Say in a sentence what shows that it is done")
    made = FollowUpChange(follow_up=row, kind=Kind.DONE, by=by, at=now, words=evidence, link=link)
    if file:
        made.file_type = file.kind.content_type  # type: ignore[attr-defined]  # set when it was recognised
        storing.keep(made.file, file)
    made.save()
    row.revision += 1
    states.move(row, State.DONE, done_at=now, evidence=evidence, evidence_link=link, revision=row.revision)
    audit.record(by=by, verb="action.done", subject=row, revision=row.revision, fields=["state"])
    return row


@transaction.atomic
def drop(*, follow_up: FollowUp, by, because: str, now: datetime | None = None) -> FollowUp:
    """Closes it although nobody did it, and says why; returns it. Raises Refusal as `complete` does."""
    now, row, because = now or timezone.now(), _lock(follow_up), paragraphs(because)
    if _said_already(row, Kind.DROPPED, by, because):
        return row
    _refuse_closed(row)
    _refuse_reason(because, "Say in a sentence why nobody does it any more")
    _changed(row, Kind.DROPPED, by, now, words=because)
    row.revision += 1
    states.move(row, State.DROPPED, dropped_because=because, revision=row.revision)
    audit.record(by=by, verb="action.dropped", subject=row, revision=row.revision, fields=["state"])
    return row


@transaction.atomic
def reopen(
    *, follow_up: FollowUp, by, because: str, due_on: date | None = None, now: datetime | None = None
) -> FollowUp:
    """Opens one again that was done or dropped, and says why; until another day, where one is given. What was said when it was
    closed stays in its history. Returns it; one that is open already stays as it is."""
    now, row, because = now or timezone.now(), _lock(follow_up), paragraphs(because)
    if row.is_open:
        return row
    _refuse_reason(because, "Say in a sentence why it is opened again")
    until = due_on or row.due_on
    _refuse_day(until, row.agreed_on)
    moved = {"old_due_on": row.due_on, "new_due_on": until} if until != row.due_on else {}
    _changed(row, Kind.REOPENED, by, now, words=because, **moved)
    row.due_on = until
    row.revision += 1
    facts = {
        "done_at": None, "evidence": "", "evidence_link": "", "dropped_because": "", "due_on": until,
        "reminded": stage_of(row, timezone.localdate(now)), "revision": row.revision,
    }  # fmt: skip
    states.move(row, State.OPEN, **facts)
    audit.record(by=by, verb="action.reopened", subject=row, revision=row.revision, fields=["state"])
    emails.assigned(row, by=by, because=because, reopened=True)
    return row


def _lock(follow_up: FollowUp) -> FollowUp:
    """The action as it stands, locked until the transaction ends. What it is joined with is read once it is locked: a row
    that was waited for keeps the join of before, and is not found where its owner is another by now."""
    FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    return FollowUp.objects.with_facts().get(pk=follow_up.pk)


def _open(follow_up: FollowUp) -> FollowUp:
    row = _lock(follow_up)
    _refuse_closed(row)
    return row


def _give(row: FollowUp, by, to: User, because: str, now: datetime) -> User:
    """Returns who had it."""
    old = row.owner
    _changed(row, Kind.HANDED_ON, by, now, words=because, old_owner=old, new_owner=to)
    row.owner, row.owner_name, row.owner_since = to, str(to)[:200], timezone.localdate(now)
    row.told_at = now
    _save(row, by, "action.handed_on", "owner", "owner_name", "owner_since", "told_at")
    return old


def _changed(row: FollowUp, kind: str, by, now: datetime, **facts) -> FollowUpChange:
    return FollowUpChange.objects.create(follow_up=row, kind=kind, by=by, at=now, **facts)


def _save(row: FollowUp, by, verb: str, *fields: str) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])
    audit.record(by=by, verb=verb, subject=row, revision=row.revision, fields=list(fields))


def _said_already(row: FollowUp, kind: str, by, words: str) -> bool:
    """Whether the same person closed it in the same words: they sent it twice."""
    if row.is_open:
        return False
    last = row.changes.exclude(kind=Kind.NOTED).order_by("at", "pk").last()
    return last is not None and (last.kind, last.words, last.by_id) == (kind, words, by.pk)


def _refuse_closed(row: FollowUp) -> None:
    if row.is_open:
        return
    last = row.changes.filter(kind__in=[Kind.DONE, Kind.DROPPED]).select_related("by").order_by("at", "pk").last()
    who, on = (str(last.by), f", on {dates.day(last.at)}") if last else ("Someone", "")
    raise Refusal(f"{who} has closed this already{on}. What you typed is still here.")


def _refuse_owner(owner: User | None, field: str) -> None:
    if owner is None:
        raise Refusal("Say who takes it on. An action without an owner is nobody’s", field)
    if not owner.is_active:
        raise Refusal(f"{owner} has no account any more. Choose somebody else", field)


def _refuse_day(due_on: date | None, agreed_on: date) -> None:
    if due_on is None:
        raise Refusal("Enter the day by which it is to be done", "due_on")
    if due_on < agreed_on:
        raise Refusal(
            f"It was agreed on {dates.day(agreed_on)}, so it cannot be due before. Enter a later day", "due_on"
        )


def _refuse_words(words: str, message: str, field: str) -> None:
    if not words:
        raise Refusal(message, field)
    if len(words) > LONGEST:
        raise Refusal(f"Write it in at most {LONGEST:,} characters", field)


def _refuse_reason(words: str, message: str) -> None:
    _refuse_words(words, message, "words")
    if not is_a_reason(words):
        raise Refusal(message, "words")

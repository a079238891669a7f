"""Carry out the reminder rules that are due: each minute, for the meeting as it stands now.

Nothing is scheduled ahead. A rule and the moment it fell due are written down once, with the emails, in one
transaction: a missed hour is caught up, two sweeps at once do it once, and a meeting that moves is simply due again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assemblies.invitations.actions.invitation_run import CHASE_AGAIN_AFTER
from assemblies.invitations.emails.invitation import last_moment
from assemblies.invitations.models import Invitation
from assemblies.invitations.models.invitation import UNUSABLE
from assemblies.meetings.models import Meeting
from assemblies.organising.emails.reminder import ReminderLetter
from assemblies.organising.models import ReminderRule, ReminderRun
from assemblies.registrations.models import Registration
from partnership import outbox
from partnership.dates import days_later
from partnership.one_by_one import one_by_one
from partnership.outbox import message_keys
from partnership.outbox.models import Message

THANKS_FOR = 14  # days; a thank-you later than this would only puzzle people
Anchor, Audience = ReminderRule.Anchor, ReminderRule.Audience


def run_due(now: datetime | None = None) -> int:
    """Carry out every rule that is due and has not been; returns how many emails were queued."""
    now = now or timezone.now()
    due = [rule.pk for rule in ReminderRule.objects.due(now)]
    return one_by_one(due, lambda pk: _carry_out(pk, now), "reminder rule")


def recipients(rule: ReminderRule) -> QuerySet:
    """Who a rule would write to now: registrations, or invitations where it is for those who have not answered.

    People on the waiting list, and people who cancelled or declined, are in none of them.
    """
    meeting = rule.meeting
    if rule.audience == Audience.UNANSWERED:
        return meeting.invitations.unanswered().exclude(UNUSABLE)
    if rule.audience == Audience.ATTENDED and _register_taken(meeting):
        return meeting.registrations.came()
    return meeting.registrations.coming()


def pointless_from(rule: ReminderRule) -> datetime:
    """The moment from which the reminder would make no sense."""
    meeting = rule.meeting
    if rule.audience == Audience.UNANSWERED:
        return last_moment(meeting)
    return days_later(meeting.ends_at, THANKS_FOR) if rule.anchor == Anchor.END else meeting.starts_at


def why_not(rule: ReminderRule, now: datetime) -> str:
    """Why a rule that is due is not carried out after all, in words for staff; empty when it is. Needs `due_at`."""
    if now >= pointless_from(rule):
        return "It was too late to send it."
    if rule.anchor == Anchor.END:
        return ""
    if rule.due_at < _known_since(rule.meeting):
        return "It was due before this date was announced."
    after = [other.due_at for other in _siblings(rule) if other.due_at > rule.due_at]
    if after and min(after) - now < now - rule.due_at:
        return "It was late, and the next reminder was closer."
    return ""


class Row(NamedTuple):
    """A rule as staff see it: what happens next, to how many people as things stand, and how it went before. `who` are
    those people in words: before the meeting nobody has come to it.
    """

    rule: ReminderRule
    who: str
    people: int
    last: ReminderRun | None
    done: bool
    next: str


def overview(meeting: Meeting, now: datetime) -> list[Row]:
    """The meeting's rules by the time they fall due, each counted once: the same few queries however many rules."""
    runs: dict[int, list[ReminderRun]] = {}
    for run in ReminderRun.objects.filter(rule__meeting=meeting):
        runs.setdefault(run.rule_id, []).append(run)
    people: dict[str, int] = {}
    rows = []
    for rule in meeting.reminder_rules.with_due_at().order_by("due_at", "pk"):
        rule.meeting = meeting
        if rule.audience not in people:
            people[rule.audience] = recipients(rule).count()
        done = next((run for run in runs.get(rule.pk, []) if run.due_at == rule.due_at), None)
        last = done or next(iter(runs.get(rule.pk, [])), None)
        next_step = "" if done else _next(rule, now)
        rows.append(Row(rule, _who(rule, now), people[rule.audience], last, done is not None, next_step))
    return rows


def _who(rule: ReminderRule, now: datetime) -> str:
    """Who a rule is for, in words that are true at the time."""
    if rule.audience != Audience.ATTENDED:
        return rule.get_audience_display()
    if now < rule.meeting.starts_at:
        return "People who come (those with a place today)"
    return (
        rule.get_audience_display() if _register_taken(rule.meeting) else "People with a place (nobody is checked in)"
    )


def _next(rule: ReminderRule, now: datetime) -> str:
    """What will happen to a rule that has not been carried out for its time, in a few words."""
    if not rule.active:
        return "Switched off"
    if now >= pointless_from(rule):
        return "Its time has passed"
    if rule.meeting.state == Meeting.State.DRAFT:
        return "Waiting for the meeting to be published"
    if rule.meeting.state == Meeting.State.CANCELLED:
        return "The meeting is cancelled"
    return "Due" if rule.due_at > now else "Due now"


@transaction.atomic
def meeting_changed(*, meeting: Meeting, because: str = "The meeting changed before this was sent.") -> int:
    """Take back reminders that have not left, when their meeting moves, changes or is cancelled; returns how many.

    Where the moment they fell due stays the same they are written again, with the meeting as it is now; a new moment is
    due by itself. Someone who gives up their place needs no such call: what is about a registration goes with it.
    """
    taken_back = 0
    for rule in meeting.reminder_rules.with_due_at():
        unsent = Message.objects.open().filter(key__startswith=message_keys.beginning("reminder", rule.pk))
        if not (state_of := dict(unsent.values_list("key", "state"))):
            continue
        taken_back += outbox.withdraw(keys=state_of, because=because)
        rule.meeting = meeting
        _queue_again(rule, {key for key, state in state_of.items() if state == Message.State.QUEUED})
    return taken_back


@transaction.atomic
def _carry_out(rule_id: int, now: datetime) -> int:
    """Queue one rule's emails and write down that it was done; returns how many. Locked: two sweeps do it once."""
    Meeting.objects.locked().get(reminder_rules=rule_id)
    rule = ReminderRule.objects.due(now).select_for_update(of=("self",)).filter(pk=rule_id).first()
    if rule is None:
        return 0
    skipped = why_not(rule, now)
    queued = 0 if skipped else _queue(rule, now)
    ReminderRun.objects.create(rule=rule, due_at=rule.due_at, sent=queued, skipped=skipped)
    return queued


def _queue(rule: ReminderRule, now: datetime) -> int:
    """Who has not answered is not asked again where we wrote to them within the last day."""
    people: Any = recipients(rule)  # of invitations, or of registrations
    if rule.audience == Audience.UNANSWERED:
        people = people.not_emailed_since(now - CHASE_AGAIN_AFTER)
    return _write(rule, {_key(rule, person): person for person in people.iterator()})


def _queue_again(rule: ReminderRule, taken_back: set[str]) -> None:
    """Queue again what was taken back for a moment that still stands; `sequence` gives it a different key."""
    carried_out = rule.runs.filter(due_at=rule.due_at).exists()
    if rule.meeting.state != Meeting.State.PUBLISHED or not carried_out or timezone.now() >= pointless_from(rule):
        return
    stems = {message_keys.message_key(*message_keys.words_of(key)[:5]) for key in taken_back}
    people = [person for person in recipients(rule).iterator() if _key(rule, person) in stems]
    _write(rule, {message_keys.message_key(_key(rule, person), rule.meeting.sequence): person for person in people})


def _write(rule: ReminderRule, people: Mapping[str, Registration | Invitation]) -> int:
    letter, not_after = ReminderLetter(rule), pointless_from(rule)
    stop = letter.links(people.values())
    drafts = (
        letter.draft(person, key=key, not_after=not_after, unsubscribe=stop[person.email])
        for key, person in people.items()
        if person.email in stop
    )
    return len(outbox.enqueue_many(drafts))


def _key(rule: ReminderRule, person: Registration | Invitation) -> str:
    kind = "invitation" if rule.audience == Audience.UNANSWERED else "registration"
    return message_keys.message_key("reminder", rule.pk, kind, person.pk, f"{rule.due_at:%Y%m%dT%H%M%S.%f}")


def _siblings(rule: ReminderRule) -> QuerySet[ReminderRule]:
    """The other reminders before the meeting to the same people."""
    others = ReminderRule.objects.with_due_at().filter(meeting=rule.meeting, audience=rule.audience, active=True)
    return others.exclude(anchor=Anchor.END).exclude(pk=rule.pk)


def _known_since(meeting: Meeting) -> datetime:
    """Since when the meeting has been in public with the date it has now."""
    moved = meeting.moves.order_by("-moved_at").values_list("moved_at", flat=True).first()
    return max(filter(None, (meeting.published_at, moved)))


def _register_taken(meeting: Meeting) -> bool:
    return meeting.registrations.filter(state__in=[Registration.State.ATTENDED, Registration.State.ABSENT]).exists()

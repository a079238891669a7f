"""What a meeting's reminders say, who gets them and when."""

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.emails.letter import PLACEHOLDER
from assemblies.meetings.models import Meeting
from assemblies.organising.emails.reminder import MEANING
from assemblies.organising.models import ReminderRule, ReminderRun
from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.refusals import Refusal

Anchor, Audience = ReminderRule.Anchor, ReminderRule.Audience
HOUR, DAY = 60, 24 * 60

HELLO = "Dear {name},\n\n"
DEFAULTS = [
    (
        Anchor.START,
        7 * DAY,
        Audience.COMING,
        "You have a place: {meeting}, {when}",
        HELLO + "We look forward to seeing you at {meeting} on {when}. If you can no longer come, please tell us "
        "now, so that someone on the waiting list can have your place.",
    ),
    (
        Anchor.START,
        DAY,
        Audience.COMING,
        "Reminder: {meeting}, {when}",
        HELLO + "{meeting} is on {when}. What you need to take part is below.",
    ),
    (
        Anchor.START,
        HOUR,
        Audience.COMING,
        "Starting soon: {meeting}, {when}",
        HELLO + "{meeting} starts soon. How to get there or join is below.",
    ),
    (
        Anchor.CLOSING,
        2 * DAY,
        Audience.UNANSWERED,
        "Can you come to {meeting}, {when}? Registration closes soon",
        HELLO
        + "You are invited to {meeting} on {when}, and we have not had your answer yet. Registration closes soon.",
    ),
    (
        Anchor.END,
        2 * HOUR,
        Audience.ATTENDED,
        "Thank you for coming: {meeting}, {when}",
        HELLO + "Thank you for taking part in {meeting}.",
    ),
]


@transaction.atomic
def set_default_rules(*, meeting: Meeting) -> int:
    """Give a meeting that has no reminders the usual five; returns how many were added."""
    if meeting.reminder_rules.exists():
        return 0
    fields = ("anchor", "minutes", "audience", "subject", "text")
    rules = [ReminderRule(meeting=meeting, **dict(zip(fields, default, strict=True))) for default in DEFAULTS]
    return len(ReminderRule.objects.bulk_create(rules))


@transaction.atomic
def save(
    *, meeting: Meeting, by, rule: ReminderRule | None = None, revision: int | None = None, **fields
) -> ReminderRule:
    """Add a reminder, or change one; returns it. One whose time has passed already is not sent after the event.

    `fields` are anchor, minutes, audience, subject and text. Where nothing changes there is no new revision. Raises
    Stale when somebody
    else changed it since `revision`, and Refusal for a placeholder nobody knows.
    """
    for name in ("subject", "text"):
        check_placeholders(fields[name], field=name)
    changed = ReminderRule.objects.select_for_update().get(pk=rule.pk) if rule else ReminderRule(meeting=meeting)
    names = sorted(name for name, value in fields.items() if getattr(changed, name) != value)
    if rule and not names:
        return changed
    if rule:
        refuse_if_stale(changed, revision, fields)
        changed.revision += 1
    for name, value in fields.items():
        setattr(changed, name, value)
    changed.save()
    _pass_over(changed, "It was set up after its time had passed.")
    verb = "reminder.changed" if rule else "reminder.added"
    audit.record(
        by=by, verb=verb, subject=changed, meeting=meeting.pk, revision=changed.revision, fields=names if rule else []
    )
    return changed


@transaction.atomic
def switch(*, rule: ReminderRule, by, on: bool) -> ReminderRule:
    """Switch a reminder on or off; returns it. Switched on after its time it is not sent for that time."""
    changed = ReminderRule.objects.select_for_update().get(pk=rule.pk)
    if changed.active == on:
        return changed
    changed.active = on
    changed.save(update_fields=["active"])
    if on:
        _pass_over(changed, "It was switched off when it was due.")
    audit.record(by=by, verb=f"reminder.switched_{'on' if on else 'off'}", subject=changed, meeting=changed.meeting_id)
    return changed


def check_placeholders(text: str, *, field: str) -> None:
    """Raises Refusal naming the first word in braces that is not a placeholder."""
    for found in PLACEHOLDER.finditer(text):
        if found[1] not in MEANING:
            known = ", ".join(f"{{{name}}}" for name in MEANING)
            raise Refusal(f"{found[0]} is not something we can fill in. You can use {known}.", field=field)


def _pass_over(rule: ReminderRule, because: str) -> None:
    """Write down, where the rule's time has passed, that it was skipped."""
    dated = ReminderRule.objects.with_due_at().get(pk=rule.pk)
    if dated.active and dated.due_at <= timezone.now():
        ReminderRun.objects.get_or_create(rule=rule, due_at=dated.due_at, defaults={"sent": 0, "skipped": because})

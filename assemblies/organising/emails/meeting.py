"""Emails to everybody who should know that a meeting moved, changed or was cancelled: each person once."""

from collections.abc import Iterable

from assemblies.meetings.models import Meeting, MeetingMove
from assemblies.registrations.recipients import Recipient
from assemblies.registrations.telling import tell
from partnership import dates
from partnership.outbox.message_keys import message_key


def moved(*, meeting: Meeting, move: MeetingMove, people: Iterable[Recipient]) -> int:
    """Tells them the old and the new time, with the entry that moves it in their calendar; returns how many are new."""
    old = dates.span(move.old_starts_at, move.old_ends_at)
    key = message_key("meeting", meeting.pk, "moved", move.pk)
    context = {"meeting": meeting, "old": old, "reason": move.reason}
    return tell("organising/meeting_moved", context, people, key=key, not_after=meeting.starts_at, method="REQUEST")


def changed(*, meeting: Meeting, what: str, people: Iterable[Recipient]) -> int:
    """Tells them what else changed, with the entry that says so in their calendar; returns how many are new."""
    key = message_key("meeting", meeting.pk, "changed", meeting.revision)
    context = {"meeting": meeting, "what": what}
    return tell("organising/meeting_changed", context, people, key=key, not_after=meeting.starts_at, method="REQUEST")


def cancelled(*, meeting: Meeting, people: Iterable[Recipient]) -> int:
    """Tells them that it does not take place, with what takes it out of their calendar; returns how many are new."""
    key = message_key("meeting", meeting.pk, "cancelled")
    context = {"meeting": meeting, "reason": meeting.cancelled_reason}
    return tell("organising/meeting_cancelled", context, people, key=key, not_after=meeting.ends_at, method="CANCEL")

"""How registration for a meeting stands, in words for the page that anyone may read."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from assemblies.models import Meeting
from partnership.dates import moment


@dataclass(frozen=True)
class RegistrationWords:
    """A sentence, and what a button to the form says; no button when nobody can register now."""

    text: str
    button: str = ""


def registration_words(meeting: Meeting, now: datetime | None = None) -> RegistrationWords:
    """Returns how registration stands at `now`. By invitation, the way in is the personal link alone."""
    now = now or timezone.now()
    closed = _why_closed(meeting, now)
    if closed:
        return RegistrationWords(closed)
    closes = meeting.registration_closes_at
    until = f"until {moment(closes)}" if closes else "until the meeting starts"
    if meeting.by_invitation:
        return RegistrationWords(f"By invitation. Answer with the link in your invitation, {until}.")
    if meeting.full:
        text = f"Every place is taken. You can join the waiting list {until}."
        return RegistrationWords(f"{text} We will email you when a place is free.", "Join the waiting list")
    return RegistrationWords(f"Registration is open {until}.", "Register")


def _why_closed(meeting: Meeting, now: datetime) -> str:
    """Why nobody can register at `now`, in words; empty when people can."""
    opens, closes = meeting.registration_opens_at, meeting.registration_closes_at
    if meeting.state == Meeting.State.CANCELLED:
        return "This meeting is cancelled. You do not need to do anything."
    if meeting.state in (Meeting.State.HELD, Meeting.State.CLOSED) or now >= meeting.ends_at:
        return "This meeting has taken place."
    if now >= meeting.starts_at:
        return "The meeting has started. Registration is closed."
    if opens and opens > now:
        return f"Registration opens on {moment(opens)}."
    return f"Registration closed on {moment(closes)}." if closes and closes <= now else ""


def turning_points(meeting: Meeting) -> list[datetime | None]:
    """Returns the moments at which what the meeting's page says changes by itself."""
    return [
        meeting.registration_opens_at,
        meeting.registration_closes_at,
        meeting.starts_at,
        meeting.ends_at,
        meeting.exit_questions_open_at,
    ]

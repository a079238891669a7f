"""Times within a meeting: a clock time, and which day where the meeting runs over several."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership import dates


def days_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The days the meeting runs over, as choices; more than one only where a person must choose."""
    first, last = timezone.localdate(meeting.starts_at), timezone.localdate(meeting.ends_at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day.isoformat(), dates.day(day)) for day in days]


def at(meeting: Meeting, day: str, clock: time) -> datetime:
    """The moment of a clock time on a day of the meeting (its first where none was chosen)."""
    chosen = date.fromisoformat(day) if day else timezone.localdate(meeting.starts_at)
    return timezone.make_aware(datetime.combine(chosen, clock))


def check_within(meeting: Meeting, moment: datetime, what: str) -> None:
    """Raises ValidationError when the moment is outside the meeting."""
    if not meeting.starts_at <= moment <= meeting.ends_at:
        start, end = dates.clock(meeting.starts_at), dates.clock(meeting.ends_at)
        raise ValidationError(f"{what} must be within the meeting, {start} to {end}")

"""Clear days: days that fall wholly between publication and the meeting.

Source: Local Government Act 1972 s.100B (five clear days for council committees); the numbers and the kind of
day belong to each board. The day of publication and the day of the meeting are not counted.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db import models
from django.utils import timezone


class DayKind(models.TextChoices):
    WORKING = "working", "working days"
    CALENDAR = "calendar", "calendar days"


@lru_cache(maxsize=16)
def bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays of England and Wales in the year."""
    from holidays import country_holidays  # slow to import, and few pages need it

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """False on Saturdays, Sundays and bank holidays of England and Wales."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def latest_day_to_publish(meeting_day: date, clear_days: int, kind: DayKind) -> date:
    """The last day on which publication leaves `clear_days` whole days before `meeting_day`.

    Publication itself may fall on any day for calendar days, and on a working day for working days.
    """
    counts = is_working_day if kind == DayKind.WORKING else lambda day: True
    day, left = meeting_day - timedelta(days=1), clear_days
    while left or not counts(day):
        left -= counts(day)
        day -= timedelta(days=1)
    return day


def latest_time_to_publish(meeting_day: date, clear_days: int, kind: DayKind, by: time) -> datetime:
    """The hour `by` on that last day, in local time: what is published later is late."""
    return timezone.make_aware(datetime.combine(latest_day_to_publish(meeting_day, clear_days, kind), by))


def days_left(today: date, latest: date, kind: DayKind) -> int:
    """Days on which publication is still in time, today included; 0 when it is too late."""
    counts = is_working_day if kind == DayKind.WORKING else lambda day: True
    span = (latest - today).days
    return sum(1 for n in range(span + 1) if counts(today + timedelta(days=n))) if span >= 0 else 0

"""Clear days: days that fall wholly between publication and the meeting.

Source: Local Government Act 1972 s.100B (five clear days for council committees); the numbers and the kind of
day belong to each board. The day of publication and the day of the meeting are not counted.
"""

from collections.abc import Callable, Collection, Iterable
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
    return frozenset(day for day, _ in bank_holidays_by_name([year]))


def bank_holidays_by_name(years: Iterable[int]) -> list[tuple[date, str]]:
    """The same, each with what it is called."""
    from holidays import country_holidays  # slow to import, and few pages need it

    return sorted(country_holidays("GB", subdiv="ENG", years=list(years)).items())


def is_working_day(day: date, also: Collection[date] = ()) -> bool:
    """False on Saturdays, Sundays, bank holidays of England and Wales, and the days in `also`: those proclaimed since."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in also


def latest_day_to_publish(meeting_day: date, clear_days: int, kind: DayKind, also: Collection[date] = ()) -> date:
    """The last day on which publication leaves `clear_days` whole days before `meeting_day`.

    Publication itself may fall on any day for calendar days, and on a working day for working days. `also` are bank
    holidays besides those that are known.
    """
    counts = _counting(kind, also)
    day, left = meeting_day - timedelta(days=1), clear_days
    while left or not counts(day):
        left -= counts(day)
        day -= timedelta(days=1)
    return day


def latest_time_to_publish(
    meeting_day: date, clear_days: int, kind: DayKind, by: time, *, also: Collection[date] = ()
) -> datetime:
    """The hour `by` on that last day, in local time: what is published later is late."""
    return timezone.make_aware(datetime.combine(latest_day_to_publish(meeting_day, clear_days, kind, also), by))


def working_days_before(day: date, count: int, also: Collection[date] = ()) -> date:
    """The day so many working days before `day`, which does not need to be one itself; 0 gives the day."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day, also)
    return day


def next_working_day(day: date, also: Collection[date] = ()) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day, also):
        day += timedelta(days=1)
    return day


def days_left(today: date, latest: date, kind: DayKind, also: Collection[date] = ()) -> int:
    """Days on which publication is still in time, today included; 0 when it is too late."""
    counts = _counting(kind, also)
    span = (latest - today).days
    return sum(1 for n in range(span + 1) if counts(today + timedelta(days=n))) if span >= 0 else 0


def _counting(kind: DayKind, also: Collection[date]) -> Callable[[date], bool]:
    return (lambda day: is_working_day(day, also)) if kind == DayKind.WORKING else lambda day: True

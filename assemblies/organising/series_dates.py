"""The dates that a series means, worked out before anything is made: bank holidays left out or moved, clock times kept."""

import hashlib
from collections.abc import Iterable
from copy import copy
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import NamedTuple

from dateutil import rrule
from django.utils import timezone

from assemblies.organising.models.series import MOST_DATES, MeetingSeries
from partnership import dates
from partnership.boards.clear_days import bank_holidays, next_working_day
from partnership.boards.models import bank_holiday

Unit, BankHolidays = MeetingSeries.Unit, MeetingSeries.BankHolidays
AMBIGUOUS = {2: "second", 3: "third", 4: "fourth"}


class Occasion(NamedTuple):
    """A day of the rule, and the day of its meeting; None where it is left out because of a bank holiday."""

    meant_on: date
    day: date | None

    @property
    def is_moved(self) -> bool:
        return self.day not in (None, self.meant_on)


def occasions(series: MeetingSeries) -> list[Occasion]:
    """Every day the rule means, the first `MOST_DATES` and one more where there are more. `series` may be unsaved."""
    return [Occasion(day, _day(series, day)) for day in islice(_days(series), MOST_DATES + 1)]


def other_reading(series: MeetingSeries) -> MeetingSeries | None:
    """What "every second Wednesday" means as well: the second of each month for each fortnight, and the other way round;
    unsaved. None where the words say only one thing."""
    other = copy(series)
    if series.unit == Unit.WEEK and series.every in AMBIGUOUS:
        other.unit, other.every, other.which = Unit.MONTH, 1, series.every
    elif series.unit == Unit.MONTH and series.every == 1 and series.which in AMBIGUOUS:
        other.unit, other.every, other.which = Unit.WEEK, series.which, None
    else:
        return None
    return other


def moment(day: date, clock: time) -> datetime | None:
    """The clock time on the day in the portal's zone; None where the clocks skip it."""
    naive = datetime.combine(day, clock)
    found = timezone.make_aware(naive)
    return found if found.astimezone(UTC).astimezone(found.tzinfo).replace(tzinfo=None) == naive else None


def times(series: MeetingSeries, day: date) -> tuple[datetime | None, datetime | None]:
    """When the meeting on the day starts and ends, by the same clock before and after the clocks change."""
    return moment(day, series.start_time), moment(day, series.end_time)


def in_words(series: MeetingSeries, day: date) -> str:
    """Returns "Wednesday 14 October 2026, 2pm to 4pm"."""
    start, end = times(series, day)
    assert start is not None, "a series is refused where a time does not exist"
    return dates.span(start, end)


def fingerprint(series: MeetingSeries) -> str:
    """Stands for the days that were shown, so that nothing but those is made."""
    days = [(str(each.meant_on), str(each.day)) for each in occasions(series)]
    return hashlib.sha256(repr(days).encode()).hexdigest()[:16]


def _days(series: MeetingSeries):
    """The days of the rule from the first that falls on or after its start."""
    if series.unit == Unit.WEEK:
        given = {"freq": rrule.WEEKLY, "byweekday": series.weekday}
    else:
        given = {"freq": rrule.MONTHLY, "byweekday": rrule.weekday(series.weekday, series.which)}
    start = datetime.combine(series.starts_on, time())
    first = next(iter(rrule.rrule(dtstart=start, count=1, **given)))
    until = datetime.combine(series.until, time()) if series.until else None
    found = rrule.rrule(dtstart=first, interval=series.every, until=until, count=series.count, **given)
    return (each.date() for each in found)


def bank_holidays_among(days: Iterable[date]) -> set[date]:
    """Those of the days that are bank holidays, added ones too."""
    added = bank_holiday.added()
    return {day for day in days if day in bank_holidays(day.year) or day in added}


def _day(series: MeetingSeries, day: date) -> date | None:
    added = bank_holiday.added()
    if day not in bank_holidays(day.year) and day not in added:
        return day
    return next_working_day(day, also=added) if series.bank_holidays == BankHolidays.MOVE else None

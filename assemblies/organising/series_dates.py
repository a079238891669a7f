"""The dates that a series means, worked out before anything is made: bank holidays left out or moved, clock times kept."""

import hashlib
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


def _day(series: MeetingSeries, day: date) -> date | None:
    added = bank_holiday.added()
    if day not in bank_holidays(day.year) and day not in added:
        return day
    return next_working_day(day, also=added) if series.bank_holidays == BankHolidays.MOVE else None

"""Days on which people meet, and moments in local time."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from partnership.boards.clear_days import is_working_day


def at(day: date, clock: str) -> datetime:
    """A moment in local time: `at(date(2020, 9, 17), "09:30")`."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def from_today(days: int, clock: str) -> datetime:
    """The moment so many days from today; before today where `days` is negative."""
    return at(timezone.localdate() + timedelta(days=days), clock)


def people_meet(day: date) -> bool:
    """Whether meetings are held that day: a working day, and not from Christmas Eve to New Year."""
    return is_working_day(day) and not (day.month == 12 and day.day >= 24)


def meeting_day_until(day: date) -> date:
    """The day, or the last one before it on which people meet."""
    while not people_meet(day):
        day -= timedelta(days=1)
    return day

"""Dates and times as people in England read them, in the portal's time zone."""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils import timezone


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day(value: date | datetime) -> str:
    """Returns "Thursday 17 September 2020"."""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value:%A} {value.day} {value:%B} {value.year}"


def short_day(value: date | datetime) -> str:
    """Returns "17 September 2020"."""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value.day} {value:%B} {value.year}"


def clock(value: time | datetime) -> str:
    """Returns "9.30am", "2pm"; noon and midnight are "12pm" and "12am"."""
    if isinstance(value, datetime):
        value = _local(value)
    hour = value.hour % 12 or 12
    minutes = f".{value.minute:02d}" if value.minute else ""
    return f"{hour}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """Returns "17 September 2020 at 9.30am"."""
    return f"{short_day(value)} at {clock(value)}"


@lru_cache(maxsize=2000)  # the same few are said on every page and in every mail, thousands of times
def span(start: datetime, end: datetime | None) -> str:
    """Returns "Thursday 17 September 2020, 9.30am to 12.30pm"; names both days where they differ."""
    if end is None:
        return f"{day(start)}, {clock(start)}"
    if _local(start).date() == _local(end).date():
        return f"{day(start)}, {clock(start)} to {clock(end)}"
    return f"{day(start)}, {clock(start)} to {day(end)}, {clock(end)}"


def days_left(value: date | datetime, today: date) -> str:
    """Returns how far a day is from `today` in calendar days, in words."""
    last = _local(value).date() if isinstance(value, datetime) else value
    days = (last - today).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in named:
        return named[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"

"""Days and times of day in words, in the portal's time zone: said as people in England say them, read as they type them."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

# Days that somebody may ask for or enter: no page has to count with one before or after.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
DAYS_OF_A_MONTH = 365.25 / 12
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?[,.\s]+", re.IGNORECASE)
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
NAMED_TIME = re.compile(r"^(?:12(?:[.:]00)?\s*)?(?:(?P<noon>noon|mid-?day)|mid-?night)$")
DAY_IN_WORDS = re.compile(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9},?\s+\d{4}|\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE | re.ASCII,
)
MONTH_IN_WORDS = re.compile(r"\b([a-z]{3,9})\s+(\d{4})\b", re.IGNORECASE | re.ASCII)
CLOCK = re.compile(r"^(\d{1,2})(?:[.:h ]?(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?$", re.IGNORECASE)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day(value: date | datetime) -> str:
    """Returns "Thursday 17 September 2020"."""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value:%A} {value.day} {value:%B} {value.year}"


def how_long(days: int) -> str:
    """Returns "30 days", "6 months" or "12 months" for a number of days: months where it is a whole number of them, to a day."""
    months = round(days / DAYS_OF_A_MONTH)
    if months > 2 and abs(days - months * DAYS_OF_A_MONTH) < 1:
        return f"{months} months"
    return f"{days:,} day{'' if days == 1 else 's'}"


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


@lru_cache(maxsize=2000)  # the same few are said on every page and in every email, thousands of times
def span(start: datetime, end: datetime | None) -> str:
    """Returns "Thursday 17 September 2020, 9.30am to 12.30pm"; names both days where they differ."""
    if end is None:
        return f"{day(start)}, {clock(start)}"
    if _local(start).date() == _local(end).date():
        return f"{day(start)}, {clock(start)} to {clock(end)}"
    return f"{day(start)}, {clock(start)} to {day(end)}, {clock(end)}"


def days_later(moment: datetime, days: int) -> datetime:
    """Returns the moment so many days later, or earlier, at the same time by the clock on the wall."""
    return _on_the_wall(_wall(moment) + timedelta(days=days))


def carried_along(moment: datetime, before: datetime, after: datetime) -> datetime:
    """Returns when something falls that keeps its distance by the clock on the wall to what moves from before to after."""
    return _on_the_wall(_wall(moment) + (_wall(after) - _wall(before)))


def _wall(moment: datetime) -> datetime:
    return timezone.make_naive(moment)


def _on_the_wall(moment: datetime) -> datetime:
    return timezone.make_aware(moment)


def days_left(value: date | datetime, today: date) -> str:
    """Returns how far a day is from `today` in calendar days, in words."""
    last = _local(value).date() if isinstance(value, datetime) else value
    days = (last - today).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in named:
        return named[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


class Unreadable(ValueError):
    """What was typed is no day or no time; the text says what to enter."""


def within_bounds(value: date) -> date:
    """Returns the day. Raises Unreadable for one before EARLIEST or after LATEST."""
    if not EARLIEST <= value <= LATEST:
        raise Unreadable(f"Enter a year from {EARLIEST.year} to {LATEST.year}")
    return value


def read_day(text: str) -> date:
    """Returns the day. Raises Unreadable. Days come first, as in Britain; ISO dates are read as such."""
    words = ORDINAL.sub("", WEEKDAY.sub("", text.strip().lower()))
    parts = [part for part in re.split(r"[\s/.,-]+", words) if part]
    if len(parts) == 2:
        raise Unreadable("Add the year, like 17 September 2026")
    if len(parts) != 3:
        raise Unreadable("Enter a date, like 17 September 2026 or 17/9/2026")
    if len(parts[0]) == 4:
        parts.reverse()
    number, month, year = parts
    if not (_is_number(number) and _is_number(year)):
        raise Unreadable("Enter a date, like 17 September 2026 or 17/9/2026")
    if len(year) not in (2, 4):
        raise Unreadable("Enter the year with four numbers, like 2026")
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    try:
        found = date(full_year, _month(month), int(number))
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("There is no such day: check the day and the month") from error
    return within_bounds(found)


def asked_for(words: str) -> tuple[str, tuple[date, date] | None]:
    """The words without the first day or month among them, and its first and last day: "buses 14/09/2020", "September 2020"."""
    for found in DAY_IN_WORDS.finditer(words):
        try:
            asked = read_day(found[0])
        except Unreadable:
            continue
        return _without(words, found), (asked, asked)
    for found in MONTH_IN_WORDS.finditer(words):
        try:
            first = within_bounds(date(int(found[2]), _month(found[1].lower()), 1))
        except ValueError:
            continue
        return _without(words, found), (first, first.replace(day=monthrange(first.year, first.month)[1]))
    return words, None


def _without(words: str, found: re.Match) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}".strip()


def read_clock(text: str) -> time:
    """Returns the time of day, by the 24-hour clock unless am or pm is said. Raises Unreadable."""
    words = " ".join(text.lower().split())
    if named := NAMED_TIME.match(words):
        return time(12 if named["noon"] else 0)
    found = CLOCK.match(words)
    if not found or not words.isascii():
        raise Unreadable("Enter a time, like 9.30am or 14:00")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise Unreadable("With am or pm, the hour is from 1 to 12")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Unreadable("Enter a time between 00:00 and 23:59")
    return time(hour, minute)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _month(text: str) -> int:
    if _is_number(text):
        return int(text)
    found = [number for number, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text)]
    if not found:
        raise Unreadable("Write the month as a number or a name, like 9 or September")
    return found[0]

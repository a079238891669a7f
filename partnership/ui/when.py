"""Reads a day and a time of day as people type them: "17/9/2026", "17 September", "9.30am", "noon"."""

import re
from datetime import date, time

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?[,.\s]+", re.IGNORECASE)
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
CLOCK = re.compile(r"^(\d{1,2})(?:[.:h ]?(\d{2}))?\s*(a\.?m\.?|p\.?m\.?)?$", re.IGNORECASE)


class Unreadable(ValueError):
    """What was typed is no day or no time; the text says what to enter."""


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
        return date(full_year, _month(month), int(number))
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("There is no such day: check the day and the month") from error


def read_clock(text: str) -> time:
    """Returns the time of day, by the 24-hour clock unless am or pm is said. Raises Unreadable."""
    words = text.strip().lower()
    if words in ("noon", "midday"):
        return time(12)
    if words == "midnight":
        return time(0)
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

"""The day in a path. Only what can mean one day alone is read; everything else is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnership.dates import MONTHS, short_day

EARLIEST = 1970  # an older paper is asked about
WORDS_OF_MONTHS = "|".join(sorted({*MONTHS, *(month[:3] for month in MONTHS), "sept"}, key=len, reverse=True))
MONTH = rf"(?P<month>{WORDS_OF_MONTHS})(?![a-z])\.?"
DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"
TWO = r"(?<!\d)(?P<year>\d\d)(?!\d)"
GAP = r"[ .,_-]*(?:of )?"
# Within one name of a folder or file
IN_NAMES = [
    re.compile(rf"{YEAR}(?P<gap>[-. ])(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<gap>[-. ])(?P<month>\d{1,2})(?P=gap)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"{DAY}{GAP}{MONTH}{GAP}{YEAR}"),
    re.compile(rf"(?<![a-z]){MONTH}{GAP}{DAY}{GAP}{YEAR}"),
    re.compile(rf"{YEAR}{GAP}{MONTH}{GAP}{DAY}"),
]
# From folder to folder: 2016/03/14/pack.pdf, 2016/03 March/14th agenda.pdf, 2016-03/14.pdf. A number before other words may be
# that of an item, so the day has a name of its own.
NEXT = r"/(?P<day>\d{1,2})(?:(?:st|nd|rd|th)(?![a-z])|(?=/|\.[a-z]{3,4}$))"
IN_FOLDERS = [
    re.compile(rf"(?:^|/){YEAR}/(?P<month>\d{{1,2}}){NEXT}"),
    re.compile(rf"(?:^|/){YEAR}/(?:\d{{1,2}}[ .-]*)?{MONTH}(?: (?P=year))?{NEXT}"),
    re.compile(rf"(?:^|/){YEAR}[-. ](?P<month>\d{{1,2}}){NEXT}"),
    re.compile(rf"(?:^|/){MONTH}[ -]{YEAR}{NEXT}"),
]
DAY_AND_MONTH = [re.compile(rf"{DAY}{GAP}{MONTH}"), re.compile(rf"(?<![a-z]){MONTH}{GAP}{DAY}")]
YEAR_FOLDER = re.compile(r"(?:^|/)((?:19|20)\d\d)(?=/)")
FINANCIAL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)[- ](\d\d)(?!\d)(?![-.]\d)")
SIX = re.compile(r"(?<!\d)(\d\d)(?P<gap>[-. ]?)(\d\d)(?P=gap)(\d\d)(?!\d)")
SHORT_YEAR = re.compile(rf"{DAY}{GAP}{MONTH}{GAP}'?{TWO}")
SEVERAL_DAYS = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? ?(?:-|–|to|and|&) ?$")


class Order(StrEnum):
    """In which order a date with a year of two numbers is written."""

    DAY_FIRST = "dmy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True)
class Days:
    """The day that a path means, or why it is asked. `could_be`: the days between which the order of six numbers decides."""

    day: date | None
    why: str = ""
    could_be: tuple[date, ...] = ()


def day_in(path: str, today: date, order: str = "") -> Days:
    """The day in a path, on which a meeting was held: no later than today. `order` says what somebody answered about years of
    two numbers."""
    text = _plain(path)
    full, odd = _full_days(text, today)
    if odd:
        return Days(None, _said_of(odd, path))
    short = list(_short_days(text, today))
    if len(full) > 1:
        return Days(None, f"Its path holds more than one day: {_either(sorted(full), 'and')}")
    if full:
        said = next(iter(full))
        other = next((could for could, plainly in short if plainly and said not in could), None)
        if other:
            return Days(None, f"Its path holds more than one day: {_either([said, *other], 'and')}")
        return Days(said)
    return _from_short([could for could, _ in short], order)


def without_days(name: str) -> str:
    """The name of a file without the days in it; the rest stays as it is."""
    text = _plain(name)
    assert len(text) == len(name), "what is cut from the one is cut from the other"
    cut = [match.span() for each in (*IN_NAMES, SHORT_YEAR, *DAY_AND_MONTH, SIX) for match in each.finditer(text)]
    kept = [letter for at, letter in enumerate(name) if not any(first <= at < last for first, last in cut)]
    return "".join(kept)


def _said_of(odd: re.Match, path: str) -> str:
    if _is_one_of_several(odd.string, odd):
        return "The meeting was on several days: say on which it began"
    return f"“{path[odd.start() : odd.end()].strip('/ ')}” cannot be the day of a past meeting"


def _full_days(text: str, today: date) -> tuple[set[date], re.Match | None]:
    """Days with a year of four numbers, and the first that no past meeting can have had, or that is one of several."""
    looked_at = FINANCIAL_YEAR.sub(_unless_consecutive, text)
    found: set[date] = set()
    for match in _without_overlap(looked_at):
        day = _made(int(match["year"]), match["month"], int(match["day"]))
        if day is None or day.year < EARLIEST or day > today or _is_one_of_several(looked_at, match):
            return set(), match
        found.add(day)
    return found or _with_the_year_of_a_folder(text, today), None


def _without_overlap(text: str) -> Iterator[re.Match]:
    """What the patterns find, those within one name first; what one has found is not found again in part."""
    taken: list[tuple[int, int]] = []
    for pattern in (*IN_NAMES, *IN_FOLDERS):
        for match in pattern.finditer(text):
            first, last = match.span()
            if all(last <= start or end <= first for start, end in taken):
                taken.append((first, last))
                yield match


def _unless_consecutive(match: re.Match) -> str:
    """2011-12 is a financial year, or December 2011: nobody knows, so it is not looked at. 2016-03 is a month."""
    return " " * len(match[0]) if int(match[2]) == (int(match[1]) + 1) % 100 else match[0]


def _is_one_of_several(text: str, match: re.Match) -> bool:
    """Whether it is the last of several days: 14 and 15 March 2016."""
    before = SEVERAL_DAYS.search(text[: match.start()])
    return bool(before) and int(before[1]) < int(match["day"])  # type: ignore[index]  # there is one


def _with_the_year_of_a_folder(text: str, today: date) -> set[date]:
    """2016/Minutes 14 March.pdf: the one year that a folder is named after, and the one day in the rest."""
    years = set(YEAR_FOLDER.findall(text))
    if len(years) != 1 or set(re.findall(YEAR, text)) != years or FINANCIAL_YEAR.search(text.rpartition("/")[2]):
        return set()
    matches = [match for each in DAY_AND_MONTH for match in each.finditer(text)]
    days = {_made(int(next(iter(years))), match["month"], int(match["day"])) for match in matches}
    several = any(_is_one_of_several(text, match) for match in matches)
    return set() if several else {day for day in days if day and day <= today}


def _short_days(text: str, today: date) -> Iterator[tuple[tuple[date, ...], bool]]:
    """The days that each date with a year of two numbers could be, day first; and whether it is plainly written as one."""
    text = re.sub(YEAR, lambda match: " " * len(match[0]), text)
    for match in SHORT_YEAR.finditer(text):
        first, month, last = match["day"], match["month"], match["year"]
        if could := _readings([(last, month, first), (first, month, last)], today):
            yield could, True
    for match in SIX.finditer(text):
        if could := _readings([(match[4], match[3], match[1]), (match[1], match[3], match[4])], today):
            yield could, match["gap"] != " "


def _readings(parts: list[tuple[str, str, str]], today: date) -> tuple[date, ...]:
    """The days among these years of two numbers, months and days that a past meeting can have had, each once."""
    found = []
    for year, month, day in parts:
        for century in (2000, 1900):
            made = _made(century + int(year), month, int(day))
            if made and made.year >= EARLIEST and made <= today and made not in found:
                found.append(made)
    return tuple(found)


def _from_short(each: list[tuple[date, ...]], order: str) -> Days:
    if not each:
        return Days(None, "We found no day in its path")
    could = each[0]
    if any(set(other) != set(could) for other in each[1:]):
        return Days(None, f"Its path holds more than one day: {_either([day for days in each for day in days], 'and')}")
    if len(could) > 1 and order:
        return Days(could[0] if order == Order.DAY_FIRST else could[-1])
    if len(could) > 1:
        return Days(None, f"It could be {_either(could, 'or')}", could)
    return Days(could[0])


def _made(year: int, month: str, day: int) -> date | None:
    number = (
        int(month) if month.isdigit() else next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
    )
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _either(days: list[date] | tuple[date, ...], word: str) -> str:
    said = list(dict.fromkeys(short_day(day) for day in days))
    return f"{', '.join(said[:-1])} {word} {said[-1]}" if len(said) > 1 else said[0]


def _plain(path: str) -> str:
    """The path in small letters, as long as it was: signs between words are spaces."""
    lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in path)
    return re.sub(r"[_+()\[\]{}]", " ", lower.replace("\\", "/"))

"""What is understood of the path of an old paper."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from assemblies.past_papers.file_names.days import Days, day_in, without_days
from assemblies.past_papers.file_names.kinds import Kind, closed_word, is_of_an_earlier_meeting, kind_in
from partnership.text import one_line

LONGEST_TITLE = 200
HANGING = re.compile(
    r"(?:\b(?:held|dated|of|on|for|from|the|and|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\s*)+$", re.IGNORECASE
)
EARLIER = "It may be the minutes of an earlier meeting: say of which day"
EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")  # a day stood in them
EDGES = " -–—_.,;:+&"


@dataclass(frozen=True)
class Understood:
    """`held_on` and `kind` are None where they must be asked, and `why` says why. `could_be`: the days between which the order of
    six numbers decides. `closed_by`: the word by which it was probably closed to the public."""

    held_on: date | None
    kind: Kind | None
    title: str
    why: str
    could_be: tuple[date, ...]
    closed_by: str


def understand(path: str, today: date, order: str = "") -> Understood:
    """What the path says. `order`: see `days.day_in`."""
    days = day_in(path, today, order)
    if is_of_an_earlier_meeting(path) and not day_in(PurePosixPath(path).name, today, order).day:
        days = Days(None, EARLIER)
    kind, why_kind = kind_in(path)
    why = ". ".join(each for each in (days.why, why_kind) if each)
    return Understood(days.day, kind, title_in(path, kind), why, days.could_be, closed_word(path))


def title_in(path: str, kind: Kind | None) -> str:
    """The name of the file without its ending and its day; the kind, where nothing else is left of it."""
    name = PurePosixPath(path.replace("\\", "/")).name
    stem = name.rpartition(".")[0] or name
    left = one_line(EMPTY_BRACKETS.sub(" ", re.sub(r"[_+]", " ", without_days(stem)))).strip(EDGES)
    left = HANGING.sub("", left).strip(EDGES)
    if not any(letter.isalpha() for letter in left):
        return (kind or Kind.OTHER).label
    return (left[0].upper() + left[1:])[:LONGEST_TITLE]

"""What differs between two texts of a report: part by part, side by side, the words that went and came marked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assemblies.papers.report_text import FIELDS, ReportText

WORDS = re.compile(r"\S+\s*")  # each with what stands between it and the next
MOST_STEPS = (
    5_000_000  # of all parts together, about half a second; 3,000 words that were all rewritten take a fifth of it
)


class Difference(NamedTuple):
    """A part that differs: what it is called, and its words before and after, as HTML."""

    part: str
    before: SafeString
    after: SafeString


def between(old: ReportText, new: ReportText, classes: tuple[str, str] = ("", "")) -> list[Difference]:
    """Every part that differs, in the order of the report. `classes`: who may read each, in words."""
    pairs = [("Classification", *classes), *_pairs(old, new)]
    return marked((part, was, now) for part, was, now in pairs if was.split() != now.split())


def _pairs(old: ReportText, new: ReportText) -> Iterator[tuple[str, str, str]]:
    yield "Title", old.title, new.title
    for name, label in FIELDS.items():
        yield label, old.fields.get(name, ""), new.fields.get(name, "")
    for number, (was, now) in enumerate(_side_by_side(old.recommendations, new.recommendations), start=1):
        yield f"Recommendation {number}", was, now
    yield from _sections(old, new)
    yield "Appendices", _listed(old), _listed(new)


def _sections(old: ReportText, new: ReportText) -> Iterator[tuple[str, str, str]]:
    """Sections of the same title are one, wherever they stand; the others came or went."""
    before = {each.title: each.text for each in old.sections}
    after = {each.title: each.text for each in new.sections}
    for title in [*after, *(title for title in before if title not in after)]:
        was, now = before.get(title), after.get(title)
        if was is None or now is None:  # the heading itself came or went
            yield f"Section “{title}”", _whole(title, was), _whole(title, now)
        else:
            yield f"Section “{title}”", was, now
    common = ([title for title in each if title in before and title in after] for each in (before, after))
    was_order, now_order = common
    yield (
        "Order of the sections",
        *(("", "") if was_order == now_order else (", ".join(was_order), ", ".join(now_order))),
    )


def _whole(title: str, text: str | None) -> str:
    return "" if text is None else f"{title}\n\n{text}"


def _side_by_side(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number in range(max(len(old), len(new))):
        yield old[number] if number < len(old) else "", new[number] if number < len(new) else ""


def _listed(text: ReportText) -> str:
    return "\n".join(f"{number}. {each.title}" for number, each in enumerate(text.appendices, start=1))


class TooLong(Exception):
    """A comparison would take more steps than it may."""


class _Matcher(SequenceMatcher):
    """Compares words in at most `left` steps. A step is a look at an old word, or at a new one that is equal."""

    def __init__(self, old: list[str], new: list[str], left: int) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.left = left
        self._old = old
        there = Counter(new)
        self._until = [0, *accumulate(1 + there[word] for word in old)]  # steps to each word, with all of the new ones

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        self.left -= self._until[len(self._old) if ahi is None else ahi] - self._until[alo]
        if self.left < 0:
            raise TooLong
        return super().find_longest_match(alo, ahi, blo, bhi)


def marked(rows: Iterable[tuple[str, str, str]]) -> list[Difference]:
    """Returns what each part is called, and both its texts as HTML, with the words that went and the words that came. A part for
    which that would take too long, the others before it counted, is shown whole, old and new."""
    found, left = [], MOST_STEPS
    for part, was, now in rows:
        try:
            before, after, left = _marked(WORDS.findall(was), WORDS.findall(now), left)
        except TooLong:
            before, after, left = escape(was), escape(now), 0
        found.append(Difference(part, before, after))
    return found


def _marked(old: list[str], new: list[str], left: int) -> tuple[SafeString, SafeString, int]:
    """Both texts, and how many steps are left. Raises TooLong where they do not suffice."""
    matcher = _Matcher([word.rstrip() for word in old], [word.rstrip() for word in new], left)
    went, came = [], []
    for what, start, end, there, until in matcher.get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[there:until])
        went.append(escape(gone) if what == "equal" else _within("del", gone))
        came.append(escape(come) if what == "equal" else _within("ins", come))
    return _joined(went), _joined(came), matcher.left


def _within(tag: str, words: str) -> SafeString:
    """The words in the tag, with what is between them and the next word behind it."""
    said = words.rstrip()
    return format_html("<{0}>{1}</{0}>{2}", tag, said, words[len(said) :]) if said else SafeString()


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe(format_html_join("", "{}", ((part,) for part in parts)))  # each part is escaped above

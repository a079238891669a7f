"""What differs between two texts of a report: part by part, side by side, the words that went and came marked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assemblies.papers.report_text import FIELDS, ReportText

WORDS = re.compile(r"\S+\s*")  # each with what stands between it and the next
MOST_STEPS = (
    100_000_000  # of all parts together, about three seconds; a part of 2,000 words in English takes at most 70 million
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


def marked(rows: Iterable[tuple[str, str, str]]) -> list[Difference]:
    """Returns what each part is called, and both its texts as HTML, with the words that went and the words that came. Once that
    takes too long for a page, parts are shown whole, old and new."""
    found, left = [], MOST_STEPS
    for part, was, now in rows:
        old, new = WORDS.findall(was), WORDS.findall(now)
        steps = _most_steps(old, new)
        if steps > left:
            found.append(Difference(part, escape(was), escape(now)))
        else:
            found.append(Difference(part, *_marked(old, new)))
            left -= steps
    return found


def _most_steps(old: list[str], new: list[str]) -> int:
    """At most so many steps the comparison takes: it looks at each pair of equal words, once for each word at the worst."""
    there = Counter(map(str.rstrip, new))
    return sum(there[word.rstrip()] for word in old) * min(len(old), len(new))


def _marked(old: list[str], new: list[str]) -> tuple[SafeString, SafeString]:
    before, after = ([word.rstrip() for word in each] for each in (old, new))
    left, right = [], []
    for what, start, end, there, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[there:until])
        left.append(escape(gone) if what == "equal" else _within("del", gone))
        right.append(escape(come) if what == "equal" else _within("ins", come))
    return _joined(left), _joined(right)


def _within(tag: str, words: str) -> SafeString:
    """The words in the tag, with what is between them and the next word behind it."""
    said = words.rstrip()
    return format_html("<{0}>{1}</{0}>{2}", tag, said, words[len(said) :]) if said else SafeString()


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe(format_html_join("", "{}", ((part,) for part in parts)))  # each part is escaped above

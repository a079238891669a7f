"""What differs between two texts of a report: part by part, side by side, the words that went and came marked."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assemblies.papers.report_text import FIELDS, ReportText

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 2_000  # of one part: beyond them it is shown whole, old and new


class Difference(NamedTuple):
    """A part that differs: what it is called, and its words before and after, as HTML."""

    part: str
    before: SafeString
    after: SafeString


def between(old: ReportText, new: ReportText, classes: tuple[str, str] = ("", "")) -> list[Difference]:
    """Every part that differs, in the order of the report. `classes`: who may read each, in words."""
    pairs = [("Classification", *classes), *_pairs(old, new)]
    return [Difference(part, *marked(was, now)) for part, was, now in pairs if was.split() != now.split()]


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


def marked(was: str, now: str) -> tuple[SafeString, SafeString]:
    """Returns both texts as HTML, with the words that went and the words that came."""
    old, new = WORDS.findall(was), WORDS.findall(now)
    if max(len(old), len(new)) > 2 * MOST_WORDS:
        return escape(was), escape(now)
    left, right = [], []
    for what, start, end, there, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[there:until])
        left.append(escape(gone) if what == "equal" or not gone.strip() else format_html("<del>{}</del>", gone))
        right.append(escape(come) if what == "equal" or not come.strip() else format_html("<ins>{}</ins>", come))
    return _joined(left), _joined(right)


def _joined(parts: list[SafeString]) -> SafeString:
    return mark_safe(format_html_join("", "{}", ((part,) for part in parts)))  # each part is escaped above

"""Compares the report as it stands with what a document says, before anything changes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from assemblies.papers.markdown import canonical_report
from assemblies.papers.report_text import FIELDS, Appendix, ReportText, Section
from assemblies.papers.word.layout import APPENDICES, FACTS, LABELS, RECOMMENDATIONS, SECTIONS_FOUND, TITLE, Facts
from assemblies.papers.word.receiving import Read

EMPTY, NO_TEXT = "empty", "a section without text"
Difference = tuple[str, str, str]  # label, what stands, what the document says


def to_save(now: ReportText, read: Read, *, accept_changes: bool = True) -> ReportText:
    """Returns the report as it would be: what the document says, and of parts that it does not have what stands now."""
    said = read.text if accept_changes else read.without_changes
    fields = {name: text for name, text in now.fields.items() if name not in read.found}
    return replace(
        now,
        title=said.title if TITLE in read.found else now.title,
        fields=fields | {name: text for name, text in said.fields.items() if name in FIELDS},
        recommendations=said.recommendations if RECOMMENDATIONS in read.found else now.recommendations,
        sections=said.sections if SECTIONS_FOUND in read.found else now.sections,
        appendices=said.appendices if APPENDICES in read.found else now.appendices,
    )


def compare(now: ReportText, new: ReportText) -> list[Difference]:
    """Returns each part that would change: its label, what stands and what would. Spelling of Markdown makes no difference."""
    now, new = canonical_report(now), canonical_report(new)
    rows = [(LABELS[TITLE], now.title, new.title)]
    rows += [(label, now.fields.get(name, ""), new.fields.get(name, "")) for name, label in FIELDS.items()]
    rows += [
        (f"Recommendation {number}", before, after)
        for number, (before, after) in enumerate(zip_longest(now.recommendations, new.recommendations, fillvalue=""), 1)
    ]
    rows += _sections(now.sections, new.sections)
    rows.append((LABELS[APPENDICES], _titles(now.appendices), _titles(new.appendices)))
    return [(label, before or EMPTY, after or EMPTY) for label, before, after in rows if before != after]


def compare_facts(facts: Facts, read: Read) -> list[Difference]:
    """Returns each fact that the document shows otherwise than the portal has it. The portal's stays."""
    rows = [(label, getattr(facts, name), read.facts[name]) for name, label in FACTS.items() if name in read.facts]
    return [(label, known, said or EMPTY) for label, known, said in rows if known.split() != said.split()]


def _sections(now: tuple[Section, ...], new: tuple[Section, ...]) -> Iterator[Difference]:
    """Sections of one title belong together, the first with the first; then those that were renamed, by their order."""
    left, pairs = list(now), []
    for section in new:
        same = next((each for each in left if each.title == section.title), None)
        if same is not None:
            left.remove(same)
        pairs.append((same, section))
    for number, (same, section) in enumerate(pairs, 1):
        before = same
        if before is None and number <= len(now) and now[number - 1] in left:
            before = now[number - 1]
            left.remove(before)
            yield f"Title of section {number}", before.title, section.title
        is_new = before is None  # with nothing in it too, a section is a change
        yield (
            f"Section {number}, {section.title}",
            before.text if before else "",
            section.text or (NO_TEXT if is_new else ""),
        )
    for section in left:
        yield f"Section “{section.title}”, which the document does not have", section.text or NO_TEXT, ""
    if _titles(now) != _titles(new) and sorted(each.title for each in now) == sorted(each.title for each in new):
        yield "Order of the sections", _titles(now), _titles(new)


def _titles(parts: Iterable[Section | Appendix]) -> str:
    return "\n".join(each.title for each in parts)

"""Reads a cover report from a Word document. Runs in the child process of `safely` alone; the web asks `receiving`."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from xml.etree.ElementTree import Element

from assemblies.papers.blocks import Table, clean, words
from assemblies.papers.markdown import one_line, to_markdown
from assemblies.papers.report_text import SECTIONS, Appendix, ReportText, Section
from assemblies.papers.word import layout
from assemblies.papers.word.body import BodyReader, Content, Line, as_blocks
from assemblies.papers.word.findings import COMMENT, MARKING, Findings, quoted
from assemblies.papers.word.layout import (
    APPENDICES,
    FACTS,
    KNOWN,
    LABELS,
    RECOMMENDATIONS,
    SECTIONS_FOUND,
    TITLE,
    as_label,
)
from assemblies.papers.word.looks import Place
from assemblies.papers.word.numbering import TYPED_NUMBER, numbered_by_hand
from assemblies.papers.word.opening import BROKEN, DAMAGED, Package
from assemblies.papers.word.runs import children, words_of
from partnership.refusals import Refusal

NO_REPORT = (
    "We found no part of a cover report in the document: download the report as a Word document, copy your text into it "
    "and send that"
)
MARKINGS = re.compile(
    r"(?<![a-z])(exempt|confidential|private|restricted|sensitive|not\s+for\s+publication|closed|in\s+confidence|part\s+(2|ii|two|b))(?![a-z])",
    re.IGNORECASE,
)
FACT = re.compile(r"\s*(item\s+n(?:o|umber)|classification|date|meeting(?:\s+name)?)\b[.:\s]*(.*)", re.IGNORECASE)
TYPED_PARAGRAPH_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}\.?\s")
OUTSIDE = "Outside the table and the sections"


@dataclass
class _Report:
    """What was found so far in one way of reading."""

    fields: dict[str, Content] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    sections: list[tuple[str, Content]] = field(default_factory=list)


def read(data: bytes) -> dict:
    """Returns the report in the document as `receiving.Read` has it, in plain lists and dicts. Raises Refusal."""
    try:
        package = Package(data)
        findings = Findings()
        text, found, facts = _Reading(package, findings, accept=True).report()
        _ask_of_the_margins(package, findings)
        rejected = text
        if findings.has_tracked_changes:
            rejected, also_found, _ = _Reading(package, Findings(), accept=False).report()
            found += [each for each in also_found if each not in found]
    except BROKEN as error:
        raise Refusal(DAMAGED, "file") from error
    if not found:
        raise Refusal(NO_REPORT, "file")
    return {
        "text": asdict(text),
        "without_changes": asdict(rejected),
        "found": found,
        "facts": facts,
        "written_from": _written_from(package),
        "notes": [asdict(each) for each in findings.all_notes()],
        "questions": [asdict(each) for each in findings.questions],
    }


class _Reading:
    """Finds the parts of the report, and reads each."""

    def __init__(self, package: Package, findings: Findings, *, accept: bool) -> None:
        self.reader, self.findings = BodyReader(package, findings, accept=accept), findings
        self.body = package.document.find("w:body")
        self.found = _Report()

    def report(self) -> tuple[ReportText, list[str], dict[str, str]]:
        if self.body is None:
            raise zipfile.BadZipFile("a document without a body")
        self._walk(self.body)
        self.findings.where = "The document"
        for comment in self.reader.inline.comments.values():  # those that no place in the text names
            self.findings.ask(COMMENT, f"A comment says {quoted(words_of(comment))}.")
        fields = {name: content for name, content in self.found.fields.items() if name in LABELS}
        text = ReportText(
            title=self._title(fields.get(TITLE, [])),
            recommendations=self._recommendations(fields.get(RECOMMENDATIONS, [])),
            appendices=self._appendices(fields.get(APPENDICES, [])),
            fields={name: text for name, content in fields.items()
                    if name not in (TITLE, RECOMMENDATIONS, APPENDICES) and (text := self._text(LABELS[name], content))},
            sections=tuple(self._sections()),
        )  # fmt: skip
        self._note_missing()
        return text, [*fields, *([SECTIONS_FOUND] if self.found.sections else [])], self.found.facts

    def _walk(self, body: Element) -> None:
        has_headings = any(self._begins_section(each) for each in _outside_tables(body))
        for element in self.reader.elements(body):
            if element.tag == "w:tbl" and (not self.found.sections or self._has_bookmarked_fields(element)):
                self._keep(self.reader.rest())
                self._fields(element)
            else:
                begins = element.tag == "w:p" and self._begins_section(element)
                self.findings.where = self._where(begins=begins)
                for one in self.reader.read(element):
                    by_name = not has_headings and isinstance(one, Line) and _is_section_by_name(one)
                    if isinstance(one, Line) and one.words and (begins or by_name):
                        self.found.sections.append((self._heading(one), []))
                    else:
                        self._keep([one])
            self.findings.where = self._where(begins=False)  # of what stands between this and the next
        self._keep(self.reader.rest())

    def _keep(self, content: Content) -> None:
        """In the section that we are in; before the first one it is no part of the report."""
        if self.found.sections:
            self.found.sections[-1][1].extend(content)
            return
        self.findings.where = OUTSIDE
        for one in content:
            text = one.words if isinstance(one, Line) else words([one])
            if text and text not in (layout.NAME, layout.GUIDANCE):
                self.findings.note(f"This belongs to no part of the report: {quoted(text)}.")

    def _where(self, *, begins: bool) -> str:
        sections = self.found.sections
        if begins:
            return f"Heading of section {len(sections) + 1}"
        return f"Section {len(sections)}, {sections[-1][0]}" if sections else OUTSIDE

    def _begins_section(self, paragraph: Element) -> bool:
        return self.reader.looks.heading(paragraph.find("w:pPr")) == 1 or any(
            each.get("w:name", "").startswith(layout.SECTION) for each in paragraph.iter("w:bookmarkStart")
        )

    def _heading(self, line: Line) -> str:
        """The title of a section, without a number that was typed before it."""
        typed = TYPED_NUMBER.match(line.words)
        if line.place:
            self.reader.lists_of_sections.add(line.place.number)
        elif typed and int(typed[1]) == len(self.found.sections) + 1:
            return one_line(line.words[typed.end() :])
        return one_line(line.words)

    def _has_bookmarked_fields(self, table: Element) -> bool:
        return any(
            each.get("w:name", "").startswith((layout.FIELD, layout.FACT)) for each in table.iter("w:bookmarkStart")
        )

    def _fields(self, table: Element) -> None:
        last = ""
        for cells in self.reader.rows(table):
            if not cells:
                continue
            self.findings.where = "Labels of the table"
            label = " ".join(each.words for each in self.reader.content(cells[0]) if isinstance(each, Line)).strip()
            name = self._name(cells[0], label) or ("" if label else last)
            if len(cells) > 2 and self._facts_in_cells(cells):
                continue
            if name in FACTS:
                self.found.facts[name] = one_line(" ".join(words_of(cell) for cell in cells[1:]))
            elif name:
                self._field(name, cells[1:])
                last = name
            elif as_label(label) != as_label(layout.HEADINGS[0]):
                self.findings.note(
                    f"The row {quoted(label)} is no part of a report: {quoted(' '.join(map(words_of, cells[1:])))}."
                )

    def _name(self, cell: Element, label: str) -> str:
        """The field of a row: by its label, which people see, or else by the bookmark in its first cell."""
        if known := KNOWN.get(as_label(label)):
            return known
        names = [each.get("w:name", "") for each in cell.iter("w:bookmarkStart")]
        kept = [name.removeprefix(layout.FIELD).removeprefix(layout.FACT) for name in names]
        return next((name for name in kept if name in LABELS or name in FACTS), "")

    def _field(self, name: str, cells: list[Element]) -> None:
        self.findings.where = LABELS[name]
        content = [one for cell in cells for one in self.reader.content(cell)]
        self.found.fields[name] = [*self.found.fields.get(name, []), *content]

    def _facts_in_cells(self, cells: list[Element]) -> bool:
        """Older reports begin with a row of facts, each after its label in one cell."""
        matches = [FACT.fullmatch(words_of(cell)) for cell in cells]
        for match in filter(None, matches):
            self.found.facts[KNOWN[as_label(match[1])]] = one_line(match[2]).rstrip(".;, ")
        return any(matches)

    def _text(self, where: str, content: Content, *, in_section: bool = False) -> str:
        self.findings.where = where
        return to_markdown(as_blocks(content, self.reader, in_section=in_section))

    def _title(self, content: Content) -> str:
        self._note_tables(LABELS[TITLE], content)
        return one_line(" ".join(one.words for one in content if isinstance(one, Line)))

    def _appendices(self, content: Content) -> tuple[Appendix, ...]:
        self._note_tables(LABELS[APPENDICES], content)
        lines = [one for one in content if isinstance(one, Line) and one.words]
        for link in dict.fromkeys(run.link for line in lines for run in line.runs if run.link):
            self.findings.note(f"A link, {quoted(link)}: add the file itself as an appendix.")
        return tuple(Appendix(title) for line in lines if (title := one_line(line.words)))

    def _note_tables(self, where: str, content: Content) -> None:
        self.findings.where = where
        for one in content:
            if isinstance(one, Table) and (text := words([one])):
                self.findings.note(f"A table cannot stand here: {quoted(text)}.")

    def _recommendations(self, content: Content) -> tuple[str, ...]:
        """Each begins with a number: of the list that the first one is an item of, or else typed; or else with each line."""
        self.findings.where = LABELS[RECOMMENDATIONS]
        content = list(numbered_by_hand(content))
        first = next((one.place for one in content if isinstance(one, Line) and one.place), None)
        groups: list[Content] = []
        for one in content:
            text = one.words if isinstance(one, Line) else words([one])
            if isinstance(one, Line) and _begins_recommendation(one, first):
                groups.append([replace(one, place=None)])
            elif groups:
                groups[-1].append(one)
            elif text:
                self.findings.note(f"This stands before the first recommendation: {quoted(text)}. We did not keep it.")
        texts = (self._text(LABELS[RECOMMENDATIONS], group) for group in groups)
        return tuple(filter(None, texts))

    def _sections(self) -> Iterator[Section]:
        for number, (title, content) in enumerate(self.found.sections, 1):
            where = f"Section {number}, {title}"
            if any(
                isinstance(one, Line) and not one.place and TYPED_PARAGRAPH_NUMBER.match(one.words) for one in content
            ):
                self.findings.where = where
                self.findings.note("Numbers of paragraphs that look typed: the portal numbers paragraphs itself.")
            yield Section(title, self._text(where, content, in_section=True))

    def _note_missing(self) -> None:
        self.findings.where = "The document"
        for name, label in LABELS.items():
            if name not in self.found.fields:
                self.findings.note(f"It has no row {quoted(label)}. What the portal has there stays.")
        if not self.found.sections:
            self.findings.note("It has no section that begins with a heading. The sections that the portal has stay.")


def _outside_tables(parent: Element) -> Iterator[Element]:
    for child in children(parent):
        if child.tag == "w:p":
            yield child
        elif child.tag != "w:tbl":
            yield from _outside_tables(child)


def _is_section_by_name(line: Line) -> bool:
    return TYPED_NUMBER.sub("", line.words).rstrip(":").casefold() in {title.casefold() for title in SECTIONS}


def _begins_recommendation(line: Line, first: Place | None) -> bool:
    """Whether the line has a number of the list and level that the first number is of; where none has one, each line does."""
    if first is None:
        return bool(line.words)
    return line.place is not None and (line.place.number, line.place.level) == (first.number, first.level)


def _written_from(package: Package) -> str:
    """What the portal wrote into the document when it was downloaded; "" where it is not there, or of more than one document."""
    names = {each.get("w:name", "") for each in package.document.iter("w:bookmarkStart")}
    found = [name.removeprefix(layout.WRITTEN_FROM) for name in names if name.startswith(layout.WRITTEN_FROM)]
    return found[0] if len(found) == 1 else ""


def _ask_of_the_margins(package: Package, findings: Findings) -> None:
    """What headers and footers say: nothing of it is of the report, but a marking there must not be overlooked."""
    for kind in ("header", "footer"):
        findings.where = f"Page {kind}"
        for part in package.parts(kind):
            art = [each.get("string", "") for each in part.iter("v:textpath")]
            text = clean(" ".join([words_of(part), *art])).strip()
            if MARKINGS.search(text):
                findings.ask(MARKING, f"The page {kind} says {quoted(text)}. Check the classification of the report.")
            elif text:
                findings.note(f"The page {kind} says {quoted(text)}.")

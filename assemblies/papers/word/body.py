"""Reads what stands below one another in a document, a cell or a box: lines, and tables of our simple kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assemblies.papers.blocks import (
    HEADING_LEVELS,
    LIST_LEVELS,
    Block,
    Blocks,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    normal,
    said,
)
from assemblies.papers.word.findings import Findings, quoted
from assemblies.papers.word.looks import Place, below, value
from assemblies.papers.word.opening import Package
from assemblies.papers.word.runs import DELETED, INSERTED, RunReader, children, words_of

MOST_COLUMNS = 50
PASSED_THROUGH = ("w:customXml", "w:sdtContent")


@dataclass(frozen=True)
class Line:
    """A paragraph of Word: its words, the level of its heading from 1 or 0, its list, and the bookmarks in it."""

    runs: Runs
    heading: int = 0
    place: Place | None = None
    bookmarks: frozenset[str] = field(default_factory=frozenset)

    @property
    def words(self) -> str:
        return " ".join(said(self.runs).split())


Content = list[Line | Table]


class BodyReader:
    """Reads paragraphs and tables in the order in which they stand, with tracked changes accepted or rejected."""

    def __init__(self, package: Package, findings: Findings, *, accept: bool) -> None:
        self.inline = RunReader(package, findings, accept=accept)
        self.looks, self.findings, self.accept = self.inline.looks, findings, accept
        self.carried: list[Run] = []  # of a paragraph whose end is deleted: its words go on in the next
        self.lists_of_sections: set[str] = set()  # lists that number headings of sections, and so paragraphs below them

    def elements(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables below an element, content controls and the like read through."""
        for child in children(parent):
            if child.tag in ("w:p", "w:tbl"):
                yield child
            elif child.tag == "w:sdt":
                yield from self._block_control(child)
            elif child.tag in PASSED_THROUGH or (child.tag in INSERTED + DELETED and self.inline.is_taken(child)):
                yield from self.elements(child)
            elif child.tag == "w:altChunk":
                self.findings.note("Another document that is embedded in this one.")
            elif child.tag not in INSERTED + DELETED:
                self.inline.note_unread(child)

    def line(self, paragraph: Element) -> Line | None:
        """A paragraph as a line; None where it goes on in the next because a tracked change took its end away."""
        properties = paragraph.find("w:pPr")
        self.carried += self.inline.runs(paragraph)
        if self._has_lost_its_end(paragraph, properties):
            return None
        runs = self._all_carried()
        if below(properties, "w:pPrChange") is not None:
            self.findings.note(f"How {quoted(said(runs))} is set is a tracked change. We read it as it is set now.")
        names = frozenset(each.get("w:name", "") for each in paragraph.iter("w:bookmarkStart"))
        return Line(runs, self.looks.heading(properties), self.looks.place(properties), names)

    def content(self, parent: Element) -> Content:
        """All that stands below an element, empty lines included."""
        found: Content = []
        for element in self.elements(parent):
            found += self.read(element)
        return found + self.rest()

    def read(self, element: Element) -> Content:
        if element.tag == "w:tbl":
            return [*self.rest(), self.table(element)]
        line = self.line(element)
        return [line] if line else []

    def numbers_paragraphs(self, place: Place) -> bool:
        """Whether a number is one that the portal gives itself: 2.1 in section 2."""
        return place.number in self.lists_of_sections or self.looks.counts_sections(place.number)

    def rest(self) -> Content:
        """A last paragraph whose end is gone ends all the same."""
        runs = self._all_carried()
        return [Line(runs)] if runs else []

    def _all_carried(self) -> Runs:
        runs, self.carried = tuple(self.carried), []
        return runs

    def rows(self, table: Element) -> Iterator[list[Element]]:
        """The cells of each row that stands in this way of reading."""
        for row in self._below(table, "w:tr"):
            for change, what in (("w:ins", "inserted"), ("w:del", "deleted")):
                if (mark := below(row, f"w:trPr/{change}")) is not None:
                    self.inline.ask_change(mark, f"{what} the row {quoted(words_of(row))}")
                    if (change == "w:ins") != self.accept:
                        break
            else:
                yield list(self._below(row, "w:tc"))

    def table(self, element: Element) -> Table:
        """A table of simple cells. What is merged stands in the first of its cells."""
        rows = []
        for cells in self.rows(element):
            row: list[Runs] = []
            for cell in cells:
                row += self._cell(cell)
            rows.append(tuple(row[:MOST_COLUMNS]))
            if len(row) > MOST_COLUMNS:
                self.findings.note(f"A table is wider than {MOST_COLUMNS} columns: we read only these.")
        return Table(tuple(rows))

    def _cell(self, cell: Element) -> list[Runs]:
        span = value(cell, "w:tcPr/w:gridSpan")
        wide = min(int(span), MOST_COLUMNS) if span.isdecimal() and len(span) < 4 else 1
        merged = below(cell, "w:tcPr/w:vMerge")
        if wide > 1 or merged is not None or below(cell, "w:tcPr/w:hMerge") is not None:
            self.findings.note(
                f"Merged cells in a table, near {quoted(words_of(cell))}: each is a cell of its own now."
            )
        for change in ("cellIns", "cellDel", "cellMerge"):
            if (mark := below(cell, f"w:tcPr/w:{change}")) is not None:
                self.inline.ask_change(mark, f"changed the cells of a table at {quoted(words_of(cell))}")
        return [self._cell_runs(cell), *[()] * (wide - 1)]

    def _cell_runs(self, cell: Element) -> Runs:
        lines: list[Line] = []
        for element in self.elements(cell):
            if element.tag == "w:tbl":
                self.findings.note(
                    f"A table inside a table: {quoted(words_of(element))}. Its words stand in one cell now."
                )
                lines += [Line(self._cell_runs(each)) for row in self.rows(element) for each in row]
            elif line := self.line(element):
                lines.append(line)
        lines = [line for line in [*lines, *self.rest()] if isinstance(line, Line) and line.words]
        if len(lines) > 1 or any(line.place or line.heading for line in lines):
            self.findings.note(
                f"Paragraphs, a list or a heading in a cell of a table, near {quoted(lines[0].words)}: they are one line now."
            )
        return tuple(run for number, line in enumerate(lines) for run in ((Run(" "),) if number else ()) + line.runs)

    def _below(self, parent: Element, tag: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, content controls read through."""
        for child in children(parent):
            if child.tag == tag:
                yield child
            elif child.tag == "w:sdt":
                for content in child.findall("w:sdtContent"):
                    yield from self._below(content, tag)
            elif child.tag in PASSED_THROUGH or (child.tag in INSERTED + DELETED and self.inline.is_taken(child)):
                yield from self._below(child, tag)
            elif child.tag not in INSERTED + DELETED:
                self.inline.note_unread(child)

    def _block_control(self, control: Element) -> Iterator[Element]:
        properties = control.find("w:sdtPr")
        if below(properties, "w:showingPlcHdr") is not None:
            return
        if value(properties, "w:docPartObj/w:docPartGallery") == "Table of Contents":
            self.findings.note("A table of contents: the portal makes its own.")
            return
        for content in control.findall("w:sdtContent"):
            yield from self.elements(content)

    def _has_lost_its_end(self, paragraph: Element, properties: Element | None) -> bool:
        lost = False
        for tag, what in (("w:ins", "began a new paragraph after"), ("w:del", "joined to the next paragraph")):
            mark = below(properties, f"w:rPr/{tag}")
            if mark is not None:
                lost |= (tag == "w:ins") != self.accept
                if all(paragraph.find(each) is None for each in INSERTED + DELETED):  # else its words are asked about
                    self.inline.ask_change(mark, f"{what} {quoted(words_of(paragraph))}")
                else:
                    self.findings.has_tracked_changes = True
        return lost


def as_blocks(content: Iterable[Line | Table], reader: BodyReader, *, in_section: bool) -> Blocks:
    """The lines as blocks in normal form. In a section its own heading counts as one level."""
    found: list[Block] = []
    lists: set[str] = set()  # the numbered lists that have ended
    for one in content:
        if isinstance(one, Table):
            found.append(one)
        elif not one.words:
            continue
        elif one.heading:
            level = max(one.heading - 1, 1) if in_section else one.heading - (one.heading > 1)
            _note_level(reader, level, HEADING_LEVELS, "headings", one)
            found.append(Heading(level, one.runs))
        elif one.place and not (in_section and reader.numbers_paragraphs(one.place)):
            _note_level(reader, one.place.level + 1, LIST_LEVELS, "lists", one)
            if one.place.ordered and one.place.number in lists and not (found and isinstance(found[-1], Item)):
                reader.findings.note(f"A numbered list that goes on at {quoted(one.words)}: it begins at 1 again.")
            lists.add(one.place.number)
            found.append(Item(one.place.level + 1, one.place.ordered, one.runs))
        else:
            found.append(Paragraph(one.runs))
    return normal(found)


def _note_level(reader: BodyReader, level: int, deepest: int, what: str, line: Line) -> None:
    if level > deepest:
        reader.findings.note(f"Reports have {what} of {deepest} levels: {quoted(line.words)} is on one of them now.")

"""What the texts of a report are made of: paragraphs, headings, list items of two levels and simple tables, of runs of words.

The one model of the portal's own set of Markdown: `markdown` reads and prints it, `word` writes and reads it, `report_html` and
`pack` show it. Knows no Django. In normal form nothing is empty, spaces are single and stand outside the formatting that ends
beside them, and no level of headings is skipped.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import NamedTuple
from urllib.parse import quote

from partnership.text import legible

SCHEMES = ("http", "https", "mailto", "tel")
IN_ADDRESSES = "-._~:/?#@!$&'()*+,;=%"
LONGEST_ADDRESS = 2000
APPENDIX = re.compile(r"appendix-([0-9]{1,4})(?:-page-([0-9]{1,5}))?", re.IGNORECASE)
NO_CHARACTER = re.compile("[\ufffe\uffff]")  # XML cannot hold them
NOT_ONE_SPACE = re.compile(r"\s\s+|[^\S ]")
TIED = re.compile("[\u00a0\u2007\u202f]")  # spaces at which no line ends
HEADING_LEVELS = LIST_LEVELS = 2


@dataclass(frozen=True)
class Run:
    """Words that look alike. A line ends at each line break in `text`; `link` is an address, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    @property
    def style(self) -> tuple[str, bool, bool]:
        """From the outside in: a link holds bold words, and these may be in italics."""
        return self.link, self.bold, self.italic


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True)
class Heading:
    """A heading below the report's own. `level` is 1 or 2."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Item:
    """One item of a list. Items that follow one another are of one list if they have one kind. `level` is 1 or 2."""

    level: int
    ordered: bool
    runs: Runs


@dataclass(frozen=True)
class Table:
    """Rows of cells, all of one width. The first row holds the headings."""

    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Heading | Item | Table
Blocks = tuple[Block, ...]


class Entry(NamedTuple):
    """One item of a list with the lists inside it."""

    runs: Runs
    lists: "tuple[List, ...]"


class List(NamedTuple):
    """Items of one kind that follow one another, as a page shows them."""

    ordered: bool
    entries: tuple[Entry, ...]


class AppendixLink(NamedTuple):
    """Where a link to an appendix leads: its number among the report's, and the page in it, or 0."""

    number: int
    page: int = 0

    @property
    def address(self) -> str:
        return f"appendix-{self.number}-page-{self.page}" if self.page else f"appendix-{self.number}"


def clean(text: str) -> str:
    """Returns the text with nothing that cannot be seen, stored or written to XML."""
    while (cleaned := legible(NO_CHARACTER.sub("", text))) != text:
        text = cleaned
    return text


def address(link: str) -> str:
    """Returns the address of a web page, an email, a telephone or an appendix in plain characters; empty for any other link."""
    link = quote(clean(link).strip(), safe=IN_ADDRESSES)
    if to := appendix(link):
        return to.address
    scheme, _, rest = link.partition(":")
    leads_somewhere = scheme.lower() in SCHEMES and rest.strip("/") and len(link) <= LONGEST_ADDRESS
    return link if leads_somewhere else ""


def appendix(link: str) -> AppendixLink | None:
    """Where a link like `appendix-1` or `appendix-1-page-22` leads; None for any other."""
    found = APPENDIX.fullmatch(link)
    return AppendixLink(int(found[1]), int(found[2] or 0)) if found else None


def normal(blocks: Iterable[Block]) -> Blocks:
    """Returns the blocks in normal form: those that say the same are equal."""
    kept: list[Block] = []
    deepest = 1  # a heading of the second level stands below one of the first
    for block in blocks:
        if isinstance(block, Table):
            kept += _table(block)
        elif runs := normal_runs(block.runs, one_line=isinstance(block, Heading)):
            if isinstance(block, Heading):
                kept.append(Heading(min(max(block.level, 1), deepest), runs))
                deepest = HEADING_LEVELS if block.level <= 1 else deepest
            elif isinstance(block, Item):
                level = min(max(block.level, 1), LIST_LEVELS) if kept and isinstance(kept[-1], Item) else 1
                kept.append(Item(level, block.ordered, runs))
            else:
                kept.append(Paragraph(runs))
    return tuple(kept)


def normal_runs(runs: Iterable[Run], *, one_line: bool = False) -> Runs:
    """Returns the runs in normal form: neighbours differ in style, and lines neither begin nor end with a space."""
    before, found = None, tuple(replace(run, link=address(run.link)) for run in runs)
    while found != before:
        before = found
        found = _merged(_spaced(_cleaned(_merged(found)), one_line=one_line))
    return found


def listed(blocks: Iterable[Block]) -> Iterator[Paragraph | Heading | Table | List]:
    """The blocks, which must be in normal form, with items put into lists and the second level into items of the first."""
    for is_item, members in groupby(blocks, key=lambda block: isinstance(block, Item)):
        items: list[Item] = []
        for block in members:
            if isinstance(block, Item):
                items.append(block)
            else:
                yield block
        if is_item:
            yield from _lists(items, 1)


def _lists(items: Iterable[Item], level: int) -> Iterator[List]:
    groups: list[tuple[Item, list[Item]]] = []  # each item of this level with those below it
    for item in items:
        if item.level == level:
            groups.append((item, []))
        else:
            groups[-1][1].append(item)
    for ordered, members in groupby(groups, key=lambda group: group[0].ordered):
        yield List(ordered, tuple(Entry(item.runs, tuple(_lists(below, level + 1))) for item, below in members))


def all_runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        for runs in chain(*block.rows) if isinstance(block, Table) else (block.runs,):
            yield from runs


def words(blocks: Iterable[Block]) -> str:
    """What the blocks say without their formatting: a line for each, cells with a space between."""
    return "\n".join(
        "\n".join(" ".join(said(cell) for cell in row) for row in block.rows)
        if isinstance(block, Table)
        else said(block.runs)
        for block in blocks
    )


def said(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _table(table: Table) -> list[Block]:
    rows = [[normal_runs(cell, one_line=True) for cell in row] for row in table.rows]
    width = max((len(row) for row in rows), default=0)
    if not any(cell for row in rows for cell in row):
        return []
    return [Table(tuple((*row, *[()] * (width - len(row))) for row in rows))]


def _merged(runs: Iterable[Run]) -> Runs:
    groups: list[tuple[Run, list[str]]] = []
    for run in runs:
        if groups and groups[-1][0].style == run.style:
            groups[-1][1].append(run.text)
        elif run.text:
            groups.append((run, [run.text]))
    return tuple(replace(run, text="".join(texts)) for run, texts in groups)


def _cleaned(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        if text := clean(run.text):
            yield replace(run, text=text)


def _spaced(runs: Iterable[Run], *, one_line: bool) -> Iterator[Run]:
    """A space between two words has the style that both of them have."""
    last: Run | None = None
    space = ""
    for run in runs:
        text = run.text.lstrip()
        space += run.text[: len(run.text) - len(text)]
        if not (words := text.rstrip()):
            continue
        if last and space:
            yield _between(last, run, _one_space(space, one_line=one_line))
        last, space = run, text[len(words) :]
        yield replace(run, text=NOT_ONE_SPACE.sub(lambda found: _one_space(found[0], one_line=one_line), words))


def _one_space(space: str, *, one_line: bool) -> str:
    if "\n" in space:
        return " " if one_line else "\n"
    tied = TIED.search(space)
    return tied[0] if tied else " "


def _between(before: Run, after: Run, space: str) -> Run:
    if before.link != after.link:
        return Run(space)
    bold = before.bold and after.bold
    italic = before.italic and after.italic and before.bold == after.bold
    return Run(space, bold, italic, before.link)

"""Reads Excel workbooks: the sheet that holds the table, each cell as a person sees it.

Everything in a workbook was written by a stranger. Its XML is read by parsers that refuse document types (openpyxl uses
those of defusedxml where they are installed), never by patterns, and only in the child process of `safely`.
"""

import re
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser  # the only one that tells links, merged and hidden

from partnership.files.limits import LAST_ROW, MOST_CELLS, MOST_ROWS, MOST_UNPACKED_TABLE, TOO_MUCH, TOO_WIDE
from partnership.files.text_table import TOO_MANY_ROWS, Rows, Score
from partnership.refusals import Refusal

DAMAGED = "The file is damaged: open it in Excel, save it again and send the new one"
# What openpyxl lets through when a workbook is broken, forged or cut short.
BROKEN = (
    ParseError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    OSError, EOFError, RuntimeError, AssertionError, MemoryError,
)  # fmt: skip
ROWS_TO_CHOOSE_BY = 300  # of each sheet, to find the one with the table
ROWS_ABOVE = 25  # how far down the headings may be
LINK = re.compile(r'^HYPERLINK\(\s*"([^"]*)"(?:\s*[,;]\s*"([^"]*)")?', re.IGNORECASE)
NO_NAME = {
    "email",
    "e-mail",
    "mail",
    "click here",
    "here",
    "link",
    "contact",
    "send email",
}  # what a link is often called
NOUGHTS = re.compile(r"0+")


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet, what the person should know, and what else could be read."""

    rows: Rows
    notes: list[str]
    name: str
    others: list[str]


def read_workbook(data: bytes, score: Score, wanted: str = "") -> Sheet:
    """Returns the sheet `wanted`, or the first that is visible and holds a table; hidden ones where no other holds anything.

    `score` says how many headings a row names. Raises Refusal.
    """
    try:
        return _sheet(data, score, wanted)
    except BROKEN as error:
        raise Refusal(DAMAGED, "file") from error


def _sheet(data: bytes, score: Score, wanted: str) -> Sheet:
    _refuse_bombs(data)
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    sheets = list(book.worksheets)
    named = [sheet for sheet in sheets if sheet.title == wanted]
    chosen = named[0] if named else _choose(sheets, score)
    if chosen is None:
        raise Refusal("Every sheet in the file is empty: choose a file with something in it", "file")
    rows, notes = _read(chosen)
    others = [sheet.title for sheet in sheets if sheet is not chosen]
    return Sheet(rows, [*_said(chosen, others), *notes], chosen.title, others)


def _choose(sheets: list, score: Score):
    """The first sheet with known headings and addresses, with headings, with addresses, with anything; None where all are
    empty."""
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    for group in (visible, [sheet for sheet in sheets if sheet not in visible]):
        ranked = [(_rank(sheet, score), sheet) for sheet in group]
        best = max(ranked, key=lambda each: each[0], default=None)
        if best and best[0]:
            return best[1]
    return None


def _rank(sheet, score: Score) -> int:
    rows = [
        row for place, (_, row) in zip(range(ROWS_TO_CHOOSE_BY * 10), _Parser(sheet).rows(), strict=False) if any(row)
    ]
    rows = rows[:ROWS_TO_CHOOSE_BY]
    headings = any(score(row) for row in rows[: min(ROWS_ABOVE, len(rows) - 1)])
    return bool(rows) + 2 * any("@" in cell for row in rows for cell in row) + 4 * headings


def _read(sheet) -> tuple[Rows, list[str]]:
    parser = _Parser(sheet)
    rows: Rows = []
    cells = last = 0
    for number, row in parser.rows():
        if not last < number <= LAST_ROW:
            raise Refusal(DAMAGED, "file")
        last = number
        cells += len(row)
        if cells > MOST_CELLS:
            raise Refusal(TOO_WIDE, "file")
        if any(cell.strip() for cell in row):
            rows.append((number, row))
            if len(rows) > MOST_ROWS + 50:
                raise Refusal(TOO_MANY_ROWS, "file")
    _put_links(rows, parser.links())
    merged = _fill_merged(rows, parser.merged_over_rows())
    return rows, _notes(len(parser.hidden_rows()), merged)


class _Parser(WorkSheetParser):
    """Openpyxl's own reader of a sheet, one pass. Merged cells, links and hidden rows are known when all rows were read."""

    def __init__(self, sheet) -> None:
        book = sheet.parent
        self.sheet, self.archive = sheet, book._archive  # noqa: SLF001 - openpyxl names it nowhere else
        self.source_of_sheet = self.archive.open(sheet._worksheet_path)  # noqa: SLF001 - the same
        super().__init__(
            self.source_of_sheet, sheet._shared_strings, data_only=True, epoch=book.epoch,  # noqa: SLF001 - the same
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - the same
        )  # fmt: skip

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number, as far as its last cell with something in it."""
        with self.source_of_sheet:
            for number, cells in self.parse():
                row: list[str] = []
                for cell in cells:
                    if cell["value"] not in (None, ""):
                        row += [""] * (cell["column"] - len(row))
                        row[cell["column"] - 1] = self._text(cell)
                yield number, row

    def parse_cell(self, element) -> dict[str, Any]:
        """A formula shows what it came to; one that no program has worked out shows itself, and a link its address too."""
        cell = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        if formula is not None:
            cell["value"] = _of_formula(cell["value"], (formula.text or "").strip())
        return cell

    def _text(self, cell: dict[str, Any]) -> str:
        value = cell["value"]
        if isinstance(value, int | float) and not isinstance(value, bool):
            shown = f"{value:.15g}" if isinstance(value, float) and not value.is_integer() else str(int(value))
            return shown.zfill(self._least_digits(cell["style_id"]))
        return _text(value)

    def _least_digits(self, style: int) -> int:
        """How many digits the format of a number shows at least: 11 for "00000000000", as for a phone number."""
        book = self.sheet.parent
        number_format = book._cell_styles[style].numFmtId - 164 if style else -1  # noqa: SLF001 - the same
        formats = book._number_formats  # noqa: SLF001 - the same
        code = formats[number_format] if 0 <= number_format < len(formats) else ""
        return len(code) if NOUGHTS.fullmatch(code) and len(code) < 20 else 0

    def merged_over_rows(self) -> list[tuple[int, int, int]]:
        """The column, the first and the last row of each cell that is merged over several rows."""
        found = [range_boundaries(each.ref) for each in (self.merged_cells.mergeCell if self.merged_cells else ())]
        return [
            (left, top, bottom) for left, top, _, bottom in found if None not in (left, top, bottom) and bottom > top
        ]

    def links(self) -> list[tuple[int, int, str]]:
        """The column, the row and the address of each link that writes an email."""
        path = get_rels_path(self.sheet._worksheet_path)  # noqa: SLF001 - the same
        known = self.archive.NameToInfo
        targets = {each.id: each.target for each in get_dependents(self.archive, path)} if path in known else {}
        found = []
        for each in self.hyperlinks.hyperlink:
            if address := _address(targets.get(each.id) or ""):
                column, row, _, _ = range_boundaries(each.ref)
                found.append((column, row, address))
        return found

    def hidden_rows(self) -> list[str]:
        return [row for row, said in self.row_dimensions.items() if said.get("hidden") in ("1", "true")]


def _address(target: str) -> str:
    """The address that a link of an email writes to; empty for any other link."""
    scheme, _, address = target.partition(":")
    address = unquote(address.partition("?")[0]).strip()
    return address if scheme.lower() == "mailto" and "@" in address else ""


def _with_address(said: str, address: str) -> str:
    """What a cell says, with the address behind it; an address that is seen is the one meant."""
    if "@" in said:
        return said
    return address if said.strip().lower() in {"", *NO_NAME} else f"{said.strip()} <{address}>"


def _of_formula(shown: Any, formula: str) -> Any:
    match = LINK.match(formula)
    if match:
        target, label = match.group(1), match.group(2) or ""
        said = shown if isinstance(shown, str) and shown.strip() else label
        address = _address(target) or (target if "@" in target else "")
        return _with_address(said, address) if address else said or target
    return f"={formula}" if shown is None or shown == "" else shown


def _put_links(rows: Rows, links: list[tuple[int, int, str]]) -> None:
    at = dict(rows)
    for column, number, address in links:
        row = at.get(number)
        if row is not None and column and column <= len(row):
            row[column - 1] = _with_address(row[column - 1], address)


def _fill_merged(rows: Rows, merged: list[tuple[int, int, int]]) -> bool:
    """Writes the words of a merged cell in each of its rows that holds something; returns whether there was one."""
    numbers = [number for number, _ in rows]
    filled = 0
    for column, top, bottom in merged:
        first, last = bisect_left(numbers, top), bisect_left(numbers, bottom + 1)
        if first == len(rows) or numbers[first] != top or column > len(rows[first][1]):
            continue
        said = rows[first][1][column - 1]
        for _, row in rows[first + 1 : last] if said.strip() else ():
            row.extend([""] * (column - len(row)))
            row[column - 1] = row[column - 1] or said
            filled += 1
        if filled > MOST_CELLS:
            raise Refusal(TOO_WIDE, "file")
    return filled > 0


def _text(value: object) -> str:
    """Returns what a person sees in the cell."""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _refuse_bombs(data: bytes) -> None:
    """Excel writes no document types; one would be there to make the file grow when read."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED_TABLE:
            raise Refusal(TOO_MUCH, "file")
        for info in archive.infolist():
            with archive.open(info) as part:
                try:
                    next(
                        iterparse(part, events=("start",), forbid_dtd=True), None
                    )  # a type stands before the first element
                except ParseError:  # a picture, or broken: then whoever needs it says so
                    continue


def _said(sheet, others: list[str]) -> list[str]:
    notes = []
    if others:
        notes.append(f"The file has {len(others) + 1} sheets. We read “{sheet.title}”.")
    if sheet.sheet_state != "visible":
        notes.append(f"The sheet “{sheet.title}” is hidden in the file.")
    return notes


def _notes(hidden: int, merged: bool) -> list[str]:
    notes = []
    if hidden:
        rows = "1 row that is" if hidden == 1 else f"{hidden:,} rows that are"
        notes.append(f"The sheet has {rows} hidden or filtered out. We read {'it' if hidden == 1 else 'them'} too.")
    if merged:
        notes.append("Some cells are merged over several rows. We read what they say in each of these rows.")
    return notes

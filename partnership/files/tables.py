"""The table in a file: CSV or Excel in, plain rows of clean text out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from partnership.files import kinds
from partnership.files.cells import is_error
from partnership.files.kinds import Kind
from partnership.files.limits import MEGABYTE, MOST_BYTES, MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, TOO_MUCH, TOO_WIDE
from partnership.files.text_table import NOT_A_TABLE, Rows, Score, read_text
from partnership.files.writing import as_typed
from partnership.refusals import Refusal
from partnership.text import legible

ROWS_NAMED = 10
SEND = "save the list as Excel (.xlsx) or CSV and send that"
SAID = {
    kinds.PDF: "This is a PDF",
    kinds.PNG: "This is a picture",
    kinds.JPEG: "This is a picture",
    kinds.GIF: "This is a picture",
    kinds.RTF: "This is a text document",
    kinds.CONTACTS: "These are contact cards",
    kinds.DOCX: "This is a Word document",
    kinds.PPTX: "These are PowerPoint slides",
    kinds.XLSB: "This is a binary Excel file (.xlsb)",
    kinds.NUMBERS: "This is a Numbers file",
    kinds.ODT: "This is an OpenDocument file",
    kinds.ODP: "This is an OpenDocument file",
    kinds.ODS: "This is an OpenDocument file",
}
FIRST = {
    kinds.OLD_OFFICE: "This is an old Excel or Office file (.xls): open it",
    kinds.WEB_PAGE: "This is a web page, whatever its name says: open it",
    kinds.ARCHIVE: "This is a packed archive: unpack it",
}


@dataclass(frozen=True)
class Table:
    """Rows with something in them, each with its number as a spreadsheet counts it, and what the person should know.

    A cell with an error of the spreadsheet is empty, and its row and column, counted from 0, are in `errors`: what it
    would say is not known. `sheet` is the one that was read, `others` those that could be.
    """

    rows: Rows
    notes: list[str] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    sheet: str = ""
    others: list[str] = field(default_factory=list)


def parse(data: bytes, headings: Score, *, long_cells: bool = False, sheet: str = "") -> Table:
    """Returns the table in the bytes of a CSV or Excel file. Raises Refusal, naming "file", and nothing else.

    `headings` says how many headings it knows in a row: so the separator of a text file is found, and the sheet of a
    workbook where `sheet` names none. `long_cells`: a cell may hold lines of text. A cell is what was typed: our own guard
    against formulas is taken off, and what cannot be seen or stored is gone.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(f"The file is larger than {MOST_BYTES // MEGABYTE} MB: split it into smaller files", "file")
    kind = kinds.recognise(data).without_macros
    if kind == kinds.XLSX:
        from partnership.files.workbook import read_workbook  # a tenth of a second, for workbooks alone

        read = read_workbook(data, headings, sheet)
        return _cleaned(read.rows, read.notes, read.name, read.others)
    if kind == kinds.CSV:
        return _cleaned(read_text(data, headings, long_cells=long_cells), [])
    raise Refusal(_why_no_table(kind), "file")


def _cleaned(rows: Rows, notes: list[str], sheet: str = "", others: Sequence[str] = ()) -> Table:
    if sum(len(cell) for _, row in rows for cell in row) > MOST_CHARACTERS:
        raise Refusal(TOO_MUCH, "file")
    rows = [(number, _to_last_cell(row)) for number, row in rows]
    if any(len(row) > MOST_COLUMNS for _, row in rows) or sum(len(row) for _, row in rows) > MOST_CELLS:
        raise Refusal(TOO_WIDE, "file")  # whoever asked reads all of them again
    rows = [(number, [legible(as_typed(cell)) for cell in row]) for number, row in rows]
    errors = [(number, place) for number, row in rows for place, cell in enumerate(row) if is_error(cell)]
    if errors:
        wrong = set(errors)
        notes = [*notes, _of_errors(errors)]
        rows = [
            (number, ["" if (number, place) in wrong else cell for place, cell in enumerate(row)])
            for number, row in rows
        ]
    return Table(rows, notes, errors, sheet, list(others))


def _to_last_cell(row: list[str]) -> list[str]:
    """The row without the empty cells after its last word, of which a format may leave thousands."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return row[:width]


def _of_errors(errors: list[tuple[int, int]]) -> str:
    rows = list(dict.fromkeys(str(number) for number, _ in errors))
    named = ", ".join(rows[:ROWS_NAMED]) + (f" and {len(rows) - ROWS_NAMED:,} more" if len(rows) > ROWS_NAMED else "")
    many = len(errors) > 1
    where = f"{len(errors):,} cells hold errors" if many else "1 cell holds an error"
    return (
        f"{where} of the spreadsheet, like #N/A, in row{'s' * (len(rows) > 1)} {named}. "
        f"We read {'them' if many else 'it'} as empty."
    )


def _why_no_table(kind: Kind) -> str:
    if kind == kinds.LOCKED_OFFICE:
        return "The file is locked with a password: save it without one"
    if kind in FIRST:
        return f"{FIRST[kind]}, {SEND}"
    return f"{SAID[kind]}: {SEND}" if kind in SAID else NOT_A_TABLE

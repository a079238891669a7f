"""The table in a file: CSV or Excel in, plain rows of clean text out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from partnership.files import kinds
from partnership.files.kinds import Kind
from partnership.files.limits import MEGABYTE, MOST_BYTES, MOST_CHARACTERS
from partnership.files.text_table import NOT_A_TABLE, Rows, read_text
from partnership.files.workbook import TOO_MUCH, read_workbook
from partnership.files.writing import as_typed
from partnership.refusals import Refusal
from partnership.text import legible

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
    """Rows with something in them, each with its number as a spreadsheet counts it, and what the person should know."""

    rows: Rows
    notes: list[str] = field(default_factory=list)


def parse(data: bytes, headings: Callable[[list[str]], int], *, long_cells: bool = False) -> Table:
    """Returns the table in the bytes of a CSV or Excel file. Raises Refusal, naming "file", and nothing else.

    `headings` says how many headings it knows in a row: so the separator of a text file is found. `long_cells`: a cell
    may hold lines of text. A cell is what was typed: our own guard against formulas is taken off, and what cannot be
    seen or stored is gone.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(f"The file is larger than {MOST_BYTES // MEGABYTE} MB: split it into smaller files", "file")
    kind = kinds.recognise(data).without_macros
    if kind == kinds.XLSX:
        rows, notes = read_workbook(data)
    elif kind == kinds.CSV:
        rows, notes = read_text(data, headings, long_cells=long_cells), []
    else:
        raise Refusal(_why_no_table(kind), "file")
    if sum(len(cell) for _, row in rows for cell in row) > MOST_CHARACTERS:
        raise Refusal(TOO_MUCH, "file")
    return Table([(number, [legible(as_typed(cell)) for cell in row]) for number, row in rows], notes)


def _why_no_table(kind: Kind) -> str:
    if kind == kinds.LOCKED_OFFICE:
        return "The file is locked with a password: save it without one"
    if kind in FIRST:
        return f"{FIRST[kind]}, {SEND}"
    return f"{SAID[kind]}: {SEND}" if kind in SAID else NOT_A_TABLE

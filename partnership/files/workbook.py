"""Reads Excel workbooks: the first sheet with something in it, formulas as the values they show."""

import re
import zipfile
import zlib
from datetime import date, datetime, time
from io import BytesIO
from xml.etree.ElementTree import ParseError

from partnership.files.limits import LAST_ROW, MOST_CELLS, MOST_ROWS, MOST_UNPACKED_TABLE
from partnership.files.text_table import TOO_MANY_ROWS, Rows
from partnership.refusals import Refusal

TOO_MUCH = "The file unpacks to far more than a list should: copy the list into a new sheet"
DAMAGED = "The file is damaged: open it in Excel, save it again and send the new one"
# What openpyxl lets through when a workbook is broken, forged or cut short.
BROKEN = (
    ParseError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
    OSError, EOFError, RuntimeError, AssertionError, MemoryError,
)  # fmt: skip
FORMULA = re.compile(rb"<f[ >/]")
HIDDEN_ROW = re.compile(rb"<row [^>]*\bhidden=\"(?:1|true)\"")
LINK = re.compile(r'^=HYPERLINK\(\s*"(?:mailto:)?([^"]*)"(?:\s*[,;]\s*"([^"]*)")?', re.IGNORECASE)


def read_workbook(data: bytes) -> tuple[Rows, list[str]]:
    """Returns the rows of the first sheet that is not empty, and what the person should know. Raises Refusal."""
    from openpyxl import load_workbook  # a tenth of a second, for workbooks alone

    try:
        _refuse_bombs(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheets = list(book.worksheets)
        for place, sheet in enumerate(sheets):
            rows = _rows(sheet)
            if _has_formulas(data, sheet):
                formulas = load_workbook(BytesIO(data), read_only=True).worksheets[place]
                rows = _fill_uncounted(rows, _rows(formulas))
            if rows:
                return rows, _notes(data, sheet, sheets)
    except Refusal:
        raise
    except BROKEN as error:
        raise Refusal(DAMAGED, "file") from error
    raise Refusal("Every sheet in the file is empty: choose a file with something in it", "file")


def _rows(sheet) -> Rows:
    sheet.reset_dimensions()  # some programs write a wrong size, and rows beyond it would be lost
    rows, cells = [], 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(values)
        if number > LAST_ROW:
            raise Refusal(DAMAGED, "file")
        if cells > MOST_CELLS:
            raise Refusal("The sheet is too wide: copy the list into a new sheet", "file")
        row = [value if type(value) is str else _text(value) for value in values]
        if any(row) and any(cell.strip() for cell in row):
            rows.append((number, row))
            if len(rows) > MOST_ROWS + 50:
                raise Refusal(TOO_MANY_ROWS, "file")
    return rows


def _text(value: object) -> str:
    """Returns what a person sees in the cell."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:g}"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _part(data: bytes, sheet) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(sheet._worksheet_path)  # noqa: SLF001 - openpyxl names the part nowhere else


def _has_formulas(data: bytes, sheet) -> bool:
    return bool(FORMULA.search(_part(data, sheet)))


def _fill_uncounted(shown: Rows, written: Rows) -> Rows:
    """A formula no program has worked out yet shows nothing: a link still says its address, another shows itself."""
    values = dict(shown)
    filled = []
    for number, row in written:
        seen = values.get(number, [])
        seen = seen + [""] * (len(row) - len(seen))
        filled.append((number, [_formula(cell) if cell.startswith("=") and not value.strip() else value or cell
                                for value, cell in zip(seen, row, strict=False)]))  # fmt: skip
    return filled


def _formula(cell: str) -> str:
    match = LINK.match(cell)
    if not match:
        return cell
    target, label = match.group(1), match.group(2) or ""
    return label if "@" in label or "@" not in target else f"{label} <{target}>" if label else target


def _refuse_bombs(data: bytes) -> None:
    """Excel writes no document types; one would be there to make the file grow when read."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED_TABLE:
            raise Refusal(TOO_MUCH, "file")
        for info in archive.infolist():
            if info.filename.endswith((".xml", ".rels")):
                with archive.open(info) as part:
                    if re.search(rb"<!(DOCTYPE|ENTITY)", part.read(20_000), re.IGNORECASE):
                        raise Refusal(DAMAGED, "file")


def _notes(data: bytes, sheet, sheets: list) -> list[str]:
    notes = []
    if len(sheets) > 1:
        notes.append(f"The file has {len(sheets)} sheets. We read “{sheet.title}”, the first with anything in it.")
    if sheet.sheet_state != "visible":
        notes.append(f"The sheet “{sheet.title}” is hidden in the file.")
    hidden = len(HIDDEN_ROW.findall(_part(data, sheet)))
    if hidden:
        rows = "1 row that is" if hidden == 1 else f"{hidden:,} rows that are"
        notes.append(f"The sheet has {rows} hidden or filtered out. We read {'it' if hidden == 1 else 'them'} too.")
    return notes

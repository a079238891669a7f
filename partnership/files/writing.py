"""Tables people download: CSV and XLSX, safe to open.

No spreadsheet may run what a stranger typed into a form (OWASP, CSV injection). In a CSV, a cell that begins like a formula
is written with an apostrophe before it; a workbook says of the cell that it is text. `as_typed` takes the apostrophe away
again when the file comes back.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Control characters, which a workbook may not hold, and what has no width; tabs and line breaks stay
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def safe(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula, without invisible characters: one may hide a formula."""
    text = "" if value is None else UNSEEN.sub("", str(value))
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def as_typed(text: str) -> str:
    """What `safe` was given: without the apostrophe it writes before a formula, and with any that was there before."""
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return text.lstrip(" \xa0").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], kind: str, title: str = "People") -> bytes:
    """The rows as a file of the kind "csv" (UTF-8 with BOM, as Excel expects) or "xlsx", written row by row."""
    return _csv(headers, rows) if kind == "csv" else _xlsx(headers, rows, title)


def _csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _text_cell(sheet, value: object):
    """The value as a cell of text, in which an apostrophe would be seen; it stays text when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell  # as below

    text = "" if value is None else UNSEEN.sub("", str(value))
    if not _is_formula(text.lstrip("'")):
        return text
    cell = WriteOnlyCell(sheet, text if as_typed(text) == text else f"'{text}")
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def _xlsx(headers: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> bytes:
    from openpyxl import Workbook  # a tenth of the web's start and 8 MB, for those who take a workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(headers))
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

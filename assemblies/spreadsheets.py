"""Tables people download: CSV and XLSX, safe to open.

A cell that begins like a formula is written with an apostrophe before it, so that no spreadsheet runs what a
stranger typed into a form (OWASP, CSV injection).
"""

from collections.abc import Iterable, Sequence

from tablib import Dataset

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def safe(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \xa0").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], kind: str) -> bytes:
    """The rows as a file of the kind "csv" (UTF-8 with BOM, as Excel expects) or "xlsx"."""
    data = Dataset(*([safe(cell) for cell in row] for row in rows), headers=list(headers), title="People")
    if kind == "csv":
        return data.export("csv").encode("utf-8-sig")
    return data.export("xlsx", escape=True)

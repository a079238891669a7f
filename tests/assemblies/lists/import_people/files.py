"""Files made by the tests, and the people read from them."""

import io
import zipfile

from openpyxl import Workbook

from assemblies.lists.import_people import people as reading_people
from assemblies.lists.import_people.columns import heading_score
from partnership.files import tables


def read_people(data: bytes, *more) -> reading_people.Reading:
    return reading_people.read_people(tables.parse(data, heading_score), *more)


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def xlsx(*sheets: list[list], titles: list[str] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[place] if titles else f"Sheet{place + 1}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def added(data: bytes) -> list[tuple]:
    return [(each.name, each.email) for each in read_people(data).people if each.outcome == "add"]


def refused(data: bytes) -> list[tuple]:
    return [(each.number, each.reason) for each in read_people(data).people if each.outcome == "refuse"]


ANN = ("Ann Hill", "ann@mind.example.org")


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info.filename, part.replace(old, new))
    return out.getvalue()


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()

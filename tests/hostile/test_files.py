"""Files made to break whoever opens them: each gets a sentence, in bounded time and memory, and the portal goes on.

They are read as uploads are, in the child process of `partnership.files.safely`.
"""

import io
import random
import resource
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.lists.import_people.columns import heading_score
from partnership.files import kinds, safely, uploads
from partnership.files.limits import MEGABYTE, MOST_BYTES
from partnership.partners.headings import headings_named
from partnership.refusals import Refusal

MOST_CPU_SECONDS = 12  # a reader is stopped after 20; nothing here should need it
SHEET = "xl/worksheets/sheet1.xml"
ROW = b'<row r="2"><c r="A2" t="inlineStr"><is><t>Ann</t></is></c><c r="B2" t="inlineStr"><is><t>a@x.org</t></is></c></row>'
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
)


def workbook(change: Callable[[str, bytes], bytes] | None = None, **more: bytes) -> bytes:
    """A small list of people, each part of it changed; and more parts."""
    book, plain, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Name", "Email"])
    book.active.append(["Ann Hill", "ann@x.org"])
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)) if change else source.read(name))
        for name, data in more.items():
            target.writestr(name, data)
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return workbook(lambda name, part: part.replace(old, new, 1) if name == SHEET else part)


def before_root(text: bytes) -> bytes:
    return workbook(lambda name, part: text + part if name == SHEET else part)


def packed(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def nested(depth: int) -> bytes:
    data = b"x" * MEGABYTE
    for n in range(depth):
        data = packed((f"{n}.zip", data))
    return data


def seconds_of_readers() -> float:
    """CPU seconds that children of this process took: how busy the machine is does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_or_refused(data: bytes, headings=heading_score) -> str:
    """What was refused, or "" where the file was read; fails where it takes long or grows this process."""
    began, before = seconds_of_readers(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        safely.read_table(data, headings)
        said = ""
    except Refusal as refusal:
        said = str(refusal)
    assert seconds_of_readers() - began < MOST_CPU_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
    return said


@pytest.mark.parametrize("headings", [heading_score, headings_named], ids=["list", "directory"])
def test_comment_full_of_rows_takes_no_time(headings):
    comment = b"<!-- " + b"<row " * 200_000 + b"-->"
    began = seconds_of_readers()
    assert read_or_refused(in_sheet(b"<sheetData>", b"<sheetData>" + comment), headings) == ""
    assert seconds_of_readers() - began < 5


@pytest.mark.parametrize("before", [0, 21_000, 300_000])
def test_entity_is_never_expanded_however_late_it_comes(before):
    comment = b"<!--" + b" " * before + b"-->"
    data = before_root(comment + ENTITIES).replace(b"ann@x.org", b"&a8;")
    assert "damaged" in read_or_refused(data)
    assert "damaged" in read_or_refused(before_root(comment + b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'))


def test_entity_hides_in_no_other_part_and_in_no_other_encoding():
    shared = workbook(**{"xl/other.dat": b"<!--" + b" " * 30_000 + b"-->" + ENTITIES + b"<x>&a8;</x>"})
    assert "damaged" in read_or_refused(shared)
    wide = workbook(lambda name, part: (ENTITIES + part).decode().encode("utf-16") if name == SHEET else part)
    assert "damaged" in read_or_refused(wide)


@pytest.mark.parametrize(
    "data",
    [
        lambda: packed(("word/document.xml", b"\0" * 140 * MEGABYTE), ("[Content_Types].xml", b"<Types/>")),
        lambda: packed(
            *((f"word/media/{n}.xml", b"\0" * 9 * MEGABYTE) for n in range(35)), ("word/document.xml", b"<w/>")
        ),
        lambda: packed(*((f"{n}", b"") for n in range(11_000)), ("word/document.xml", b"<w/>")),
    ],
    ids=["one part", "many parts", "ten thousand names"],
)
def test_document_that_unpacks_beyond_measure_is_refused(data):
    sent = SimpleUploadedFile("cv.docx", data())
    field = uploads.UploadField(kinds=(kinds.DOCX, kinds.PDF))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ValidationError, match="unpacks to more than we can read"):
        field.clean(sent)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_document_packed_as_no_program_packs_is_refused(packing):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("word/document.xml", b"\0" * 8 * MEGABYTE)
    with pytest.raises(Refusal, match="damaged"):
        safely.recognise(out.getvalue())


def test_archive_in_an_archive_is_not_unpacked():
    assert safely.recognise(nested(6)) == kinds.ARCHIVE


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: in_sheet(b"</sheetData>", b"<a>" * 400_000 + b"</a>" * 400_000 + b"</sheetData>"), None),
        (lambda: in_sheet(b"</sheetData>", b'<row r="2000000000"><c><v>1</v></c></row></sheetData>'), "damaged"),
        (lambda: in_sheet(b"</sheetData>", ROW * 3 + b"</sheetData>"), "damaged"),
        (lambda: in_sheet(b"</sheetData>", b'<row r="9"><c r="ZZZZZZZ9"><v>1</v></c></row></sheetData>'), "damaged"),
        (lambda: in_sheet(b"</sheetData>", b'<row r="9"><c r="A9"><v>1e999999999</v></c></row></sheetData>'), None),
        (lambda: in_sheet(b"</sheetData>", b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(3, 99))
                  + b"</sheetData>"), "too wide"),
        (lambda: in_sheet(b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 50_000
                  + b"</mergeCells>"), None),
        (lambda: in_sheet(b"</sheetData>", b"".join(b'<row r="%d"/>' % n for n in range(3, 1_000_000)) + b"</sheetData>"), None),
        (lambda: workbook(**{"xl/sharedStrings.xml": b"<sst>" + b"<si><t>x</t></si>" * 1_500_000 + b"</sst>"}), None),
    ],
    ids=["deep", "far row", "rows twice", "far column", "huge number", "wide", "merged", "a million rows", "strings"],
)  # fmt: skip
def test_workbook_made_to_break_its_reader_gives_a_sentence(data, said):
    refused = read_or_refused(data())
    assert said is None or said in refused


def test_cell_of_many_megabytes_is_refused():
    cell = b"a" * 55 * MEGABYTE
    assert "unpacks to more than we can read" in read_or_refused(in_sheet(b"ann@x.org", cell))


@pytest.mark.parametrize(
    "data",
    [
        lambda: b"Name,Email\n" + b'"' * (MOST_BYTES - 100),
        lambda: b"Name,Email\n" + b'"a\n' * 1_000_000,
        lambda: b"Name,Email\n" + b"," * (MOST_BYTES - 100),
        lambda: b"Name,Email\n" + b"a" * (MOST_BYTES - 100),
        lambda: b"<" * (MOST_BYTES - 100) + b"a@x.org",
        lambda: b"a@x.org;" * 1_000_000,
        lambda: b"Ann <a@x.org" * 500_000,
        lambda: b"\xe9" * (MOST_BYTES - 100),
        lambda: random.Random(8).randbytes(MOST_BYTES - 100),
        lambda: b"Name,Email\n" + b"a@x.org," * 1_000_000,
    ],
    ids=["quotes", "open quotes", "commas", "one cell", "angles", "addresses", "no end", "no UTF-8", "noise", "wide"],
)
def test_text_made_to_take_long_does_not(data):
    said = read_or_refused(data())
    assert not said or said[0].isupper()
    assert "Error" not in said


def test_row_of_a_million_cells_never_reaches_the_process_that_asked():
    assert "too wide" in read_or_refused(b"Name;Email\n" + b"a@x.org;b;" * 400_000)


def test_reading_goes_on_after_a_reader_was_killed():
    assert read_or_refused(before_root(ENTITIES))
    assert safely.read_table(workbook(), heading_score).rows[1] == (2, ["Ann Hill", "ann@x.org"])

"""Files are what their bytes say."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from partnership.ui import uploads


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def sheet():
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def office(part, types=b"<Types/>", **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(part, b"<xml/>")
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", uploads.PDF),
        (b"\x89PNG\r\n\x1a\n....", uploads.PNG),
        (b"\xff\xd8\xff\xe0....", uploads.JPEG),
        (sheet(), uploads.XLSX),
        (office("word/document.xml"), uploads.DOCX),
        (office("ppt/presentation.xml"), uploads.PPTX),
        (packed(mimetype=uploads.ODT.content_type), uploads.ODT),
        (packed(mimetype=uploads.ODP.content_type), uploads.ODP),
        (b"Name,Email\r\nAda,ada@example.org\r\n", uploads.CSV),
        ("Name;Email\nZoë;z@example.org".encode("cp1252"), uploads.CSV),
        ("Name,Email\n".encode("utf-16"), uploads.CSV),
    ],
)
def test_kind_is_read_from_the_bytes(data, kind):
    assert uploads.recognise(io.BytesIO(data)) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"  \n ", "empty"),
        (b"<html><script>alert(1)</script>", "cannot tell"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot tell"),
        (b"MZ\x90\x00\x03", "cannot tell"),
        (b"GIF89a\x01\x00", "cannot tell"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old or protected"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (packed(readme="x"), "archive"),
        (office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "macros"),
        (office("xl/workbook.xml", types=b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
        (packed(mimetype=uploads.ODT.content_type, Basic__script="x"), "macros"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data, words):
    with pytest.raises(uploads.Refused, match=words):
        uploads.recognise(io.BytesIO(data))


def test_bomb_is_refused_unread():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("word/document.xml", b"0" * (uploads.MOST_UNPACKED + 1))
    with pytest.raises(uploads.Refused, match="more than we can read"):
        uploads.recognise(out)


def test_field_trusts_the_bytes_not_the_name():
    field = uploads.UploadField(kinds=uploads.SHEETS)
    with pytest.raises(ValidationError, match="This is a PDF file: choose CSV, XLSX"):
        field.clean(SimpleUploadedFile("people.csv", b"%PDF-1.7\n", "text/csv"))
    file = field.clean(SimpleUploadedFile("../../people.exe", b"a,b\n1,2\n", "application/x-dosexec"))
    assert (file.kind, file.safe_name) == (uploads.CSV, "people.csv")


def test_field_refuses_a_file_that_is_too_big():
    field = uploads.UploadField(most_bytes=uploads.MEGABYTE)
    with pytest.raises(ValidationError, match="The file is 2 MB: choose one of at most 1 MB"):
        field.clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b" " * 2 * uploads.MEGABYTE))


@given(st.text(max_size=300))
def test_safe_name_is_safe_on_every_system(name):
    safe = uploads.safe_name(name, uploads.PDF)
    stem = safe.removesuffix(".pdf")
    assert stem
    assert stem.isascii()
    assert stem.replace("-", "").isalnum()
    assert stem.lower() not in uploads.RESERVED
    assert len(safe) < 100


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    with suppress(uploads.Refused):
        assert uploads.recognise(io.BytesIO(data)) in uploads.DOCUMENTS

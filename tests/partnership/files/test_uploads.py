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

from partnership.files import kinds, uploads
from partnership.files.limits import MEGABYTE, MOST_UNPACKED
from partnership.refusals import Refusal


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
        (b"%PDF-1.7\n", kinds.PDF),
        (b"\n%PDF-1.7\n%%EOF", kinds.PDF),
        (b"Content-Type: application/pdf\r\n\r\n%PDF-1.7\n%%EOF", kinds.PDF),
        (b"\x89PNG\r\n\x1a\n....", kinds.PNG),
        (b"\xff\xd8\xff\xe0....", kinds.JPEG),
        (sheet(), kinds.XLSX),
        (office("word/document.xml"), kinds.DOCX),
        (office("ppt/presentation.xml"), kinds.PPTX),
        (packed(mimetype=kinds.ODT.content_type), kinds.ODT),
        (packed(mimetype=kinds.ODP.content_type), kinds.ODP),
        (b"Name,Email\r\nAda,ada@example.org\r\n", kinds.CSV),
        ("Name;Email\nZoë;z@example.org".encode("cp1252"), kinds.CSV),
        ("Name,Email\n".encode("utf-16"), kinds.CSV),
    ],
)
def test_kind_is_read_from_the_bytes(data, kind):
    assert kinds.recognise(data) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"  \n ", "empty"),
        (b"<html><script>alert(1)</script>", "a web page file: choose PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a web page file: choose PDF"),
        (b"MZ\x90\x00\x03", "cannot tell"),
        (b"GIF89a\x01\x00", "a GIF picture file: choose PDF"),
        (b"#!/bin/sh\nrm -r x\n", "cannot tell"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old or protected"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (packed(readme="x"), "archive"),
        (office("word/document.xml", **{"word/vbaProject.bin": b"x"}), "macros"),
        (office("xl/workbook.xml", types=b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
        (packed(mimetype=kinds.ODT.content_type, Basic__script="x"), "macros"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data, words):
    with pytest.raises(ValidationError, match=words):
        uploads.UploadField().clean(SimpleUploadedFile("report.pdf", data))


def test_bomb_is_refused_unread():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("word/document.xml", b"0" * (MOST_UNPACKED + 1))
    with pytest.raises(Refusal, match="more than we can read"):
        kinds.recognise(out.getvalue())


def test_field_trusts_the_bytes_not_the_name():
    field = uploads.UploadField(kinds=kinds.TABLES)
    with pytest.raises(ValidationError, match="This is a PDF file: choose CSV, XLSX"):
        field.clean(SimpleUploadedFile("people.csv", b"%PDF-1.7\n", "text/csv"))
    file = field.clean(SimpleUploadedFile("../../people.exe", b"a,b\n1,2\n", "application/x-dosexec"))
    assert (file.kind, file.safe_name) == (kinds.CSV, "people.csv")


def test_field_refuses_a_file_that_is_too_big():
    field = uploads.UploadField(most_bytes=MEGABYTE)
    with pytest.raises(ValidationError, match="The file is 2 MB: choose one of at most 1 MB"):
        field.clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b" " * 2 * MEGABYTE))


@given(st.text(max_size=300))
def test_safe_name_is_safe_on_every_system(name):
    safe = uploads.safe_name(name, kinds.PDF)
    stem = safe.removesuffix(".pdf")
    assert stem
    assert stem.isascii()
    assert stem.replace("-", "").isalnum()
    assert stem.lower() not in uploads.RESERVED
    assert len(safe) < 100


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    with suppress(Refusal):
        assert kinds.recognise(data).content_type

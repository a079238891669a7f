"""What is no report in Word is refused in words that say what to do."""

import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from assemblies.papers.word import receiving
from assemblies.papers.word.writing import write
from partnership.refusals import Refusal
from tests.assemblies.papers.word.documents import FACTS, changed, document, paragraph, read, run
from tests.assemblies.papers.word.test_finding_parts import REPORT, older

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE, "of the old kind (.doc): open it in Word, save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password: save it without one"),
        (b"%PDF-1.7\n", "This is a PDF: send the Word document"),
        (b"{\\rtf1 x}", "Rich Text document: save it as a Word document"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "OpenDocument text: save it as a Word document"),
        (workbook(), "This is an Excel sheet file: send a Word document (.docx)"),
        (b"\x89PNG\r\n", "This is a PNG picture file: send a Word document (.docx)"),
        (b"Name,Email\n", "This is a CSV file: send a Word document (.docx)"),
        (b"  \n", "The file is empty"),
        (document()[:-200], "damaged"),
        (document(paragraph(run("<oops"))), "damaged: open it in Word, save it again"),
        (changed(document(), lambda name, part: part, **{"word/vbaProject.bin": b"x"}), "holds macros: save it without"),
        (changed(document(), lambda name, part: part.replace('"word/document.xml"', '"word/other.xml"')), "damaged"),
        (changed(document(), lambda name, part: part.replace("w:body>", "w:nobody>")), "damaged"),
        (archive(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "damaged"),
    ],
    ids=["doc", "password", "pdf", "rtf", "odt", "xlsx", "png", "csv", "empty", "cut", "broken xml", "macros", "other part",
         "no body", "bare"],
)  # fmt: skip
def test_file_that_is_no_report_is_refused_in_words(data, said):
    with pytest.raises(Refusal) as refused:
        read(data)
    assert said in refused.value.message
    assert refused.value.field == "file"


def test_document_without_any_part_of_a_report_is_refused():
    with pytest.raises(Refusal, match="We found no part of a cover report"):
        read(older(("Name", "Address"), below=paragraph(run("Dear Ann"))))


def test_report_is_read_in_the_child_process():
    found = receiving.read(write(REPORT, FACTS))
    assert found.text == found.without_changes == REPORT
    assert found.facts["date"] == "14 September 2020"
    assert "recommendations" in found.found


def test_reader_loads_no_django():
    code = "import sys, assemblies.papers.word.reading; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_refusal_of_the_child_process_is_said_as_it_stands():
    with pytest.raises(Refusal, match="old kind"):
        receiving.read(OLE)

"""Another program's reading of our document, and our reading of its. python-docx has its own idea of both."""

import io
import zipfile

import pytest

from assemblies.papers.report_text import ReportText, Section
from assemblies.papers.word.writing import write
from tests.assemblies.papers.word.documents import FACTS, document, finance, paragraph, read, run
from tests.assemblies.papers.word.test_finding_parts import REPORT

docx = pytest.importorskip("docx")


def test_python_docx_finds_every_word_of_a_report():
    opened = docx.Document(io.BytesIO(write(REPORT, FACTS)))
    rows = {row.cells[0].text: row.cells[1].text for row in opened.tables[0].rows}
    assert rows["Date"] == "14 September 2020"
    assert rows["Financial impact"] == "Costs three million."
    assert rows["Recommendations"] == "Agree the plan.\nNote the role:\noutline\nadvert"
    below = [(each.style.name, each.text) for each in opened.paragraphs[3:]]
    assert below == [
        ("Heading 1", "Background"),
        ("Report Paragraph", "First."),
        ("Report Paragraph", "Second."),
        ("Heading 1", "Next steps"),
        ("List Number", "one"),
        ("List Number", "two"),
    ]
    assert (opened.core_properties.title, opened.core_properties.language) == ("Recovery plan", "en-GB")


def test_document_that_word_on_the_web_numbered_is_read():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document(paragraph(run("Nine pounds"))))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name).replace(b"document.xml", b"document2.xml")
            target.writestr(name.replace("document.xml", "document2.xml"), part)
    assert finance(read(out.getvalue())) == "Nine pounds"


def test_document_of_python_docx_is_read():
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("Report title", "Recovery plan", "Recommendations", ""), strict=True):
        cell.text = words
    for words in ("Agree it", "Note it"):
        table.cell(1, 1).add_paragraph(words, "List Number")
    made.add_heading("Background", 1)
    made.add_paragraph("Some ").add_run("words").bold = True
    for words, style in (("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Number")):
        made.add_paragraph(words, style)
    made.add_heading("Below", 2)
    grid = made.add_table(rows=2, cols=1)
    grid.cell(0, 0).text, grid.cell(1, 0).text = "head", "cell"
    out = io.BytesIO()
    made.save(out)
    text = "Some **words**\n\n- a\n  - b\n1. c\n\n### Below\n\n| head |\n| --- |\n| cell |"
    assert read(out.getvalue()).text == ReportText(
        "Recovery plan", recommendations=("Agree it", "Note it"), sections=(Section("Background", text),)
    )

"""The document that people download: accessible, and the same for the same report."""

import io
import zipfile
from dataclasses import replace

from assemblies.papers.report_text import SECTIONS, Appendix, ReportText, Section
from assemblies.papers.word.layout import LABELS
from assemblies.papers.word.writing import write
from partnership.files import kinds
from tests.assemblies.papers.word.documents import FACTS, read
from tests.assemblies.papers.word.test_finding_parts import REPORT


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_document_is_a_word_document_and_the_same_each_time():
    assert kinds.recognise(write(REPORT, FACTS)) == kinds.DOCX
    assert write(REPORT, FACTS) == write(REPORT, FACTS)


def test_document_says_its_title_language_and_headings():
    data = write(REPORT, FACTS)
    assert "<dc:title>Recovery plan</dc:title>" in part(data, "docProps/core.xml")
    assert "<dc:language>en-GB</dc:language>" in part(data, "docProps/core.xml")
    assert '<w:lang w:val="en-GB"' in part(data, "word/styles.xml")
    document = part(data, "word/document.xml")
    assert "<w:tblHeader" in document
    assert document.count('<w:pStyle w:val="Heading1"') == 2


def test_each_list_of_numbers_begins_at_one():
    numbered = ReportText("x", sections=(Section("a", "1. one\n\nthen\n\n1. one\n   1. deeper"),))
    assert part(write(numbered, FACTS), "word/numbering.xml").count("<w:startOverride") == 2 * 3


def test_link_to_an_appendix_leads_to_its_title():
    linked = ReportText("x", {"risks": "[slides](appendix-1-page-22)"}, appendices=(Appendix("Plan"), Appendix("Role")))
    document = part(write(linked, FACTS), "word/document.xml")
    assert '<w:hyperlink w:anchor="appendix_1_page_22">' in document
    line = document[document.rindex("<w:p>", 0, document.index(">Plan<")) : document.index(">Plan<")]
    assert 'w:name="appendix_1"' in line
    assert 'w:name="appendix_1_page_22"' in line
    assert 'w:name="appendix_2"' in document
    assert "appendix" not in part(write(linked, FACTS), "word/_rels/document.xml.rels")
    assert read(write(linked, FACTS)).text == linked


def test_new_report_has_every_row_and_the_usual_sections():
    new = ReportText("", sections=tuple(Section(title) for title in SECTIONS))
    found = read(write(new, FACTS))
    assert set(found.found) == {*LABELS, "sections"}
    assert found.text == new
    assert found.notes == ()


def test_control_characters_and_odd_letters_do_no_harm():
    odd = ReportText("a\x00b\ufffe", fields={"finance": "\x0b\ud800 cost \u0000"}, sections=(Section("", "text"),))
    found = read(write(odd, FACTS))
    assert found.text.title == "ab"
    assert found.text.fields == {"finance": "cost"}
    assert found.text.sections == (Section("Untitled section", "text"),)


def test_name_of_a_meeting_cannot_break_the_document():
    found = read(write(REPORT, replace(FACTS, meeting="<w:p>&amp; \x00Board")))
    assert found.facts["meeting"] == "<w:p>&amp; Board"

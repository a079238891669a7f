"""Fields and sections are found by their labels, or else by bookmarks, however the document looks now."""

import re

import pytest

from assemblies.papers.report_text import Appendix, ReportText, Section
from assemblies.papers.word.layout import LABELS
from assemblies.papers.word.writing import write
from tests.assemblies.papers.word.documents import (
    FACTS,
    asked,
    changed,
    document,
    finance,
    noted,
    paragraph,
    read,
    run,
    table,
)

REPORT = ReportText(
    title="Recovery plan",
    fields={"finance": "Costs **three** million.", "author": "Ann Hill"},
    recommendations=("Agree the plan.", "Note the role:\n\n- outline\n- advert"),
    sections=(Section("Background", "First.\n\nSecond."), Section("Next steps", "1. one\n2. two")),
    appendices=(Appendix("Draft plan"), Appendix("Role outline")),
)


def edited(*changes: tuple[str, str]) -> bytes:
    """The report with the document part changed by patterns."""

    def edit(name: str, part: str) -> str:
        for pattern, new in changes if name == "word/document.xml" else ():
            part, count = re.subn(pattern, new, part)
            assert count, pattern
        return part

    return changed(write(REPORT, FACTS), edit)


def test_report_comes_back_as_it_went_out():
    found = read(write(REPORT, FACTS))
    assert found.text == REPORT
    assert found.facts == {"meeting": FACTS.meeting, "date": "14 September 2020", "item": "9", "classification": "Open"}
    assert (found.notes, found.questions) == ((), ())


@pytest.mark.parametrize(
    "changes",
    [
        [(r"<w:bookmark[^>]*/>", "")],
        [(r">Financial impact<", ">What it costs<"), (r">Recommendations<", "><"), (r">Author<", ">Auteur<")],
        [(r"<w:rPr>.*?</w:rPr>(?=<w:t)", "<w:rPr><w:rFonts w:ascii='Comic Sans MS'/><w:b/></w:rPr>")],
        [(r'<w:pStyle w:val="Heading1" ?/>', "")],
        [(r'<w:pStyle w:val="(ReportParagraph|Title)" ?/>', "")],
        [("<w:tblHeader ?/>", ""), ('<w:tblStyle w:val="ReportTable" ?/>', "")],
    ],
    ids=["no bookmarks", "other labels", "other font", "sections without style", "paragraphs without style", "plain table"],
)  # fmt: skip
def test_restyled_report_has_all_its_parts(changes):
    assert read(edited(*changes)).text == REPORT


def test_label_that_people_see_counts_more_than_a_bookmark():
    data = edited(
        (">Financial impact<", ">X<"), (">Equality impact<", ">Financial impact<"), (">X<", ">Equality impact<")
    )
    assert read(data).text.fields["equality"] == "Costs **three** million."


def test_section_added_in_word_is_read():
    heading = paragraph(run("Risks"), '<w:pStyle w:val="Heading1"/>')
    found = read(document(section=f"{paragraph(run('Words.'))}{heading}{paragraph(run('More.'))}"))
    assert found.text.sections == (Section("Background", "Words."), Section("Risks", "More."))


def test_numbers_that_word_makes_are_no_text():
    """Headings, their paragraphs and lists numbered by Word, as a new document has them."""
    numbering = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    lines = (
        paragraph(run("Point"), numbering.format(1, 1))
        + paragraph(run("one"), numbering.format(0, 4))
        + paragraph(run("deeper"), numbering.format(1, 4))
        + paragraph(run("dot"), numbering.format(0, 3))
    )
    found = read(document(section=lines))
    assert found.text.sections[0].text == "Point\n\n1. one\n   1. deeper\n- dot"
    assert found.notes == ()


def test_paragraphs_numbered_with_their_headings_are_no_list():
    """A list of Word's own on headings and paragraphs, which no style knows of."""
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="4"/></w:numPr>'
    heading = paragraph(run("Risks"), '<w:pStyle w:val="Heading1"/>' + numbered.format(0))
    found = read(document(section=heading + paragraph(run("Point"), numbered.format(1))))
    assert found.text.sections[1] == Section("Risks", "Point")


def test_numbers_of_a_list_that_is_linked_by_a_style_are_known():
    style = ('<w:style w:type="numbering" w:styleId="OurDots"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
             "</w:styles>")  # fmt: skip
    linked = ('<w:abstractNum w:abstractNumId="77"><w:numStyleLink w:val="OurDots"/></w:abstractNum><w:num w:numId="77">'
              '<w:abstractNumId w:val="77"/></w:num></w:numbering>')  # fmt: skip
    data = document(paragraph(run("dot"), '<w:numPr><w:numId w:val="77"/></w:numPr>'))
    data = changed(data, lambda name, part: part.replace("</w:styles>", style).replace("</w:numbering>", linked))
    assert finance(read(data)) == "- dot"


def test_second_level_of_a_list_is_known_by_its_style():
    """In Word's own styles the second level is the first of another list."""

    def own_list(name: str, part: str) -> str:
        return part.replace(
            '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>', '<w:numPr><w:numId w:val="3"/></w:numPr>'
        )

    lines = paragraph(run("a"), '<w:pStyle w:val="ListBullet"/>') + paragraph(
        run("b"), '<w:pStyle w:val="ListBullet2"/>'
    )
    assert finance(read(changed(document(lines), own_list))) == "- a\n  - b"


def test_list_switched_off_is_a_paragraph():
    off = '<w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert finance(read(document(paragraph(run("plain"), off)))) == "plain"


def older(*rows: tuple[str, ...], below: str = "") -> bytes:
    """A report somebody wrote without our template."""
    made = table(*(tuple("".join(paragraph(run(line)) for line in cell.split("\n")) for cell in row) for row in rows))

    def put(name: str, part: str) -> str:
        return (
            re.sub(r"<w:body>.*</w:body>", f"<w:body>{made}{below}</w:body>", part)
            if name == "word/document.xml"
            else part
        )

    return changed(write(REPORT, FACTS), put)


def test_report_without_our_template_is_read_by_its_labels():
    found = read(
        older(
            (
                "Item No. 9.",
                "Classification: Open",
                "Date: 14 September 2020",
                "Meeting Name: Health and Wellbeing Board",
            ),
            ("Report title:", "Recovery plan"),
            ("Ward(s) or groups affected:", "All"),
            ("Key risks &amp; mitigations:", "Hurdles"),
            ("Public Engagement:", "Shared"),
            ("Other Discussion/Engagement", "Endorsed"),
            ("Other Discussion/ Engagement (contd).", "Feedback"),
            ("", "and more"),
            ("Recommendations:", "It is recommended that the Board:\n1. Agree the plan.\n2. Agree the role."),
            ("Legal advice:", "None"),
            below=paragraph(run("1. Background")) + paragraph(run("1.1 It began.")) + paragraph(run("Next steps:")),
        )
    )
    assert found.text == ReportText(
        title="Recovery plan",
        fields={"groups_affected": "All", "risks": "Hurdles", "engagement": "Shared",
                "discussion": "Endorsed\n\nFeedback\n\nand more"},
        recommendations=("Agree the plan.", "Agree the role."),
        sections=(Section("Background", "1.1 It began."), Section("Next steps:")),
    )  # fmt: skip
    assert found.facts == {
        "meeting": "Health and Wellbeing Board",
        "date": "14 September 2020",
        "item": "9",
        "classification": "Open",
    }
    assert "The row “Legal advice:” is no part of a report: “None”." in noted(found)
    assert "This stands before the first recommendation: “It is recommended that the Board:”" in noted(found)
    assert "Numbers of paragraphs that look typed" in noted(found)
    assert f"It has no row “{LABELS['finance']}”. What the portal has there stays." in noted(found)
    assert "finance" not in found.found


def test_recommendations_without_numbers_are_one_each_line():
    assert read(older(("Recommendations", "Agree this.\n\nNote that."))).text.recommendations == (
        "Agree this.",
        "Note that.",
    )


def test_words_in_no_part_of_the_report_are_listed():
    data = edited((r"<w:body>", f"<w:body>{paragraph(run('Draft for Ann'))}"))
    found = read(data)
    assert found.text == REPORT
    assert noted(found) == "Outside the table and the sections: This belongs to no part of the report: “Draft for Ann”."


def test_link_of_an_appendix_is_listed():
    link = "<w:fldSimple w:instr='HYPERLINK \"https://x.org/p\"'><w:r><w:t> here</w:t></w:r></w:fldSimple>"
    data = edited(("Draft plan</w:t></w:r>", f"Draft plan</w:t></w:r>{link}"))
    found = read(data)
    assert found.text.appendices[0] == Appendix("Draft plan here")
    assert "Appendices: A link, “https://x.org/p”: add the file itself as an appendix." in noted(found)
    assert asked(found) == ""


def test_document_of_the_strict_kind_is_read():
    spaces = (
        ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def strict(name: str, part: str) -> str:
        for loose, new in spaces:
            part = part.replace(loose, new)
        return part

    assert read(changed(write(REPORT, FACTS), strict)).text == REPORT

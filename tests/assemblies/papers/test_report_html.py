"""A report's words as a page: numbered paragraphs, headings in order, links into appendices, and nothing that acts."""

import re

import pytest

from assemblies.papers.report_html import html, page_of
from assemblies.papers.report_text import FIELDS, Appendix, ReportText, Section, as_data, from_data

FILES = {1: "/reports/1/appendices/7/"}


def test_paragraphs_of_a_section_are_numbered_and_can_be_linked_to():
    said = html("One.\n\n- a list\n\nTwo.", section=3)
    assert '<p id="paragraph-3-1" class="report-paragraph">' in said
    assert 'href="#paragraph-3-2"' in said
    assert ">3.2</a> Two." in said
    assert "paragraph-3-3" not in said


def test_paragraphs_in_lists_and_fields_have_no_number():
    assert "report-paragraph" not in html("One.\n\nTwo.")
    assert html("- a\n\n- b", section=1).count("report-paragraph") == 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold** *italics*", "<strong>bold</strong> <em>italics</em>"),
        ("**a *b***  \nc", "<p><strong>a <em>b</em></strong><br>c</p>"),
        (
            "[a **b**](https://x.org)",
            '<a href="https://x.org" rel="noopener noreferrer nofollow">a <strong>b</strong></a>',
        ),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("- one\n  - two", "<ul><li>one<ul><li>two</li></ul></li></ul>"),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", '<th scope="col">A</th>'),
    ],
)
def test_what_the_set_holds_is_shown(typed, shown):
    assert shown in html(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[click](javascript:alert(1))",
        "![picture](https://example.org/a.png)",
        '<p id="paragraph-1-1" style="x">',
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_that_acts_or_loads_gets_onto_the_page(typed):
    tags = " ".join(re.findall(r"<[^>]*>", html(typed, section=1)))
    for wrong in ("<script", "<img", "javascript", "data:", "style", "onerror", "src="):
        assert wrong not in tags


@pytest.mark.parametrize("typed", ["> quoted", "---", "`code`", "    four spaces"])
def test_what_the_set_does_not_hold_stays_as_typed(typed):
    said = html(f"{typed}\n")
    assert "<p>" in said
    assert not any(tag in said for tag in ("<blockquote", "<hr", "<code", "<pre"))


def test_table_scrolls_in_a_frame_that_the_keyboard_reaches():
    said = html("| A |\n| --- |\n| 1 |\n\nAfter.", section=1)
    assert said.startswith('<div class="report-table" role="group" aria-label="Table" tabindex="0">')
    assert said.index("</table>") < said.index("</div>") < said.index("After.")


def test_headings_stand_below_the_reports_and_skip_none():
    assert html("### A\n\n#### B\n\n# C").count("<h3>") == 2
    assert "<h4>B</h4>" in html("### A\n\n#### B")
    assert "<h3>B</h3>" in html("## B\n\n# A")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("appendix-1-page-22", "/reports/1/appendices/7/#page=22"),
        ("appendix-1", "/reports/1/appendices/7/"),
        ("Appendix-1-page-3", "/reports/1/appendices/7/#page=3"),
        ("appendix-9-page-3", "#appendices"),
    ],
)
def test_link_to_an_appendix_opens_it_at_its_page(link, address):
    assert f'href="{address}"' in html(f"[slides]({link})", FILES)


def test_page_holds_every_part_of_a_report():
    text = ReportText("A", dict.fromkeys(FIELDS, "words"), ("Agree.",), (Section("S", "One."),), (Appendix("Plan"),))
    page = page_of(text, FILES)
    assert len(page.lines) + len(page.fields) == len(FIELDS)
    assert [each.number for each in page.sections] == [1]
    assert page.appendices == ["Plan"]


def test_text_survives_the_database():
    text = ReportText("A", {"risks": "r"}, ("Agree.",), (Section("S", "One."),), (Appendix("Plan"),))
    assert from_data(as_data(text)) == text
    assert from_data({}) == ReportText("")

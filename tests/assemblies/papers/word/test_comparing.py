from dataclasses import replace

from assemblies.papers.report_text import Appendix, Section
from assemblies.papers.word.comparing import compare, compare_facts, to_save
from assemblies.papers.word.receiving import Read
from assemblies.papers.word.writing import write
from tests.assemblies.papers.word.documents import FACTS, read
from tests.assemblies.papers.word.test_finding_parts import REPORT


def found(**what) -> Read:
    return replace(read(write(REPORT, FACTS)), **what)


def test_nothing_differs_in_a_report_that_came_back():
    assert compare(REPORT, REPORT) == []
    assert compare(REPORT, replace(REPORT, fields=REPORT.fields | {"finance": "Costs __three__ million.\n"})) == []


def test_each_part_that_differs_is_named():
    new = replace(
        REPORT,
        title="Plan",
        fields={"author": "Ann Hill", "risks": "Some"},
        recommendations=("Agree the plan.",),
        appendices=(Appendix("Draft plan"),),
    )
    assert compare(REPORT, new) == [
        ("Report title", "Recovery plan", "Plan"),
        ("Key risks and mitigations", "empty", "Some"),
        ("Financial impact", "Costs **three** million.", "empty"),
        ("Recommendation 2", "Note the role:\n\n- outline\n- advert", "empty"),
        ("Appendices", "Draft plan\nRole outline", "Draft plan"),
    ]


def test_sections_are_compared_by_title_then_by_order():
    first, second = REPORT.sections
    more = Section("Risks", "Many.")
    assert compare(REPORT, replace(REPORT, sections=(first, more, second))) == [("Section 2, Risks", "empty", "Many.")]
    assert compare(REPORT, replace(REPORT, sections=(first,))) == [
        ("Section “Next steps”, which the document does not have", "1. one\n2. two", "empty")
    ]
    assert compare(REPORT, replace(REPORT, sections=(second, first))) == [
        ("Order of the sections", "Background\nNext steps", "Next steps\nBackground")
    ]
    renamed = Section("Context", "First.")
    assert compare(REPORT, replace(REPORT, sections=(renamed, second))) == [
        ("Title of section 1", "Background", "Context"),
        ("Section 1, Context", "First.\n\nSecond.", "First."),
    ]


def test_parts_that_a_document_does_not_have_stay_as_they_stand():
    now = replace(REPORT, fields={"finance": "Old", "risks": "Kept"})
    read = found(found=("finance",), text=replace(REPORT, fields={}))
    assert to_save(now, read) == replace(now, fields={"risks": "Kept"})
    assert to_save(now, found()).fields == REPORT.fields


def test_report_is_saved_with_tracked_changes_or_without():
    read = found(without_changes=replace(REPORT, title="Before"))
    assert to_save(REPORT, read).title == "Recovery plan"
    assert to_save(REPORT, read, accept_changes=False).title == "Before"


def test_facts_that_were_changed_in_word_are_named():
    read = found(facts={"date": "15 September 2020", "classification": "Open "})
    assert compare_facts(FACTS, read) == [("Date", "14 September 2020", "15 September 2020")]

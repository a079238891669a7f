"""Two versions of a report side by side: only what differs, with the words that went and came."""

from dataclasses import replace

from assemblies.papers.report_changes import between
from assemblies.papers.report_text import Appendix, ReportText, Section

OLD = ReportText("Plan", {"risks": "Few risks."}, ("Agree.", "Note."), (Section("A", "One."), Section("B", "Two.")))


def parts(**changes) -> dict[str, tuple[str, str]]:
    return {each.part: (each.before, each.after) for each in between(OLD, replace(OLD, **changes))}


def test_same_text_has_no_difference():
    assert between(OLD, OLD) == []
    assert parts(fields={"risks": "Few  risks.\r\n"}) == {}


def test_changed_words_are_marked_on_their_side():
    assert parts(fields={"risks": "Many risks."}) == {
        "Key risks and mitigations": ("<del>Few</del> risks.", "<ins>Many</ins> risks.")
    }


def test_recommendation_that_came_stands_beside_nothing():
    assert parts(recommendations=("Agree.", "Note.", "Ask.")) == {"Recommendation 3": ("", "<ins>Ask.</ins>")}


def test_section_that_moved_did_not_change():
    found = parts(sections=(Section("B", "Two."), Section("A", "One.")))
    assert list(found) == ["Order of the sections"]


def test_section_that_went_is_whole():
    assert parts(sections=(Section("A", "One."),))["Section “B”"][1] == ""


def test_appendices_are_compared_by_title():
    assert parts(appendices=(Appendix("Slides"),)) == {"Appendices": ("", "<ins>1. Slides</ins>")}


def test_markup_in_words_is_escaped():
    found = parts(fields={"risks": "<script>alert(1)</script>"})
    assert "<script" not in "".join(found["Key risks and mitigations"])


def test_very_long_part_is_shown_whole():
    text = "word " * 9_000
    before, after = parts(fields={"risks": text})["Key risks and mitigations"]
    assert before == "Few risks."
    assert "<ins>" not in after

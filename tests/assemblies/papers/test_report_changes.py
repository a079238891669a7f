"""Two versions of a report side by side: only what differs, with the words that went and came."""

import time
from dataclasses import replace
from random import Random

from assemblies.papers import report_changes
from assemblies.papers.report_changes import between, marked
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


def numbered(word: str, count: int = 2_000) -> str:
    return " ".join(f"{word}{number}" for number in range(count))


def test_part_in_which_every_word_changed_takes_no_time():
    began = time.process_time()
    (found,) = marked([("Risks", numbered("old"), numbered("new"))])
    assert time.process_time() - began < 3
    assert (found.before, found.after) == (f"<del>{numbered('old')}</del>", f"<ins>{numbered('new')}</ins>")


def alternating(count: int) -> list[tuple[str, str, str]]:
    """A part in which every second word is the same: the comparison finds them one by one."""
    return [("Risks", *(numbered(word, count).replace(" ", " the ") for word in ("old", "new")))]


def test_parts_made_to_take_long_are_shown_whole():
    began = time.process_time()
    found = marked([*alternating(40) * 400, *alternating(100) * 50, *alternating(2_000) * 60])
    assert time.process_time() - began < 2
    assert ("<del>" in found[0].before, "<del>" in found[-1].before) == (True, False)


def test_long_part_is_marked_although_all_of_it_was_rewritten():
    common = [f"common{number}" for number in range(50) for _ in range(36)]  # as English repeats its words
    old, new = (" ".join(Random(seed).sample([*common, *numbered(f"own{seed}").split()], 3_500)) for seed in (1, 2))
    assert "<ins>" in marked([("Risks", old, new)])[0].after


def test_once_a_page_took_its_time_its_other_parts_are_shown_whole(monkeypatch):
    monkeypatch.setattr(report_changes, "MOST_STEPS", 6)
    first, second = marked([("One", "a b", "a c"), ("Two", "a b", "a c")])
    assert (first.before, second.before) == ("a <del>b</del>", "a b")

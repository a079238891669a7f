"""Kind and title of an old paper, and whether it was closed, by its path."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.past_papers.file_names.understood import LONGEST_TITLE, understand

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("2016-03-14 Agenda.pdf", "agenda", "Agenda"),
        ("HWB minutes 14 March 2016.pdf", "minutes", "HWB minutes"),
        ("2016/03/14/pack.pdf", "pack", "Pack"),
        ("2016-03-14 Agenda and reports.pdf", "pack", "Agenda and reports"),
        ("14.03.2016 agenda pack.pdf", "pack", "Agenda pack"),
        ("Minutes/2016-03-14.pdf", "minutes", "Minutes"),
        ("Agendas and minutes/2016-03-14 Finance.pdf", "other", "Finance"),
        ("2016-03-14/Agenda item 5 Finance report.pdf", "report", "Agenda item 5 Finance report"),
        ("20160314_Item_05_Better_Care_Fund.pdf", "other", "Item 05 Better Care Fund"),
        ("Minutes of the meeting held on Monday 14th March 2016.pdf", "minutes", "Minutes of the meeting"),
        ("2016-03-14.pdf", "other", "Other paper"),
        ("2016-03-14 Café costs (final).pdf", "other", "Café costs (final)"),
        ("Agenda (14 March 2016).pdf", "agenda", "Agenda"),
        ("", "other", "Other paper"),
    ],
)
def test_kind_and_title_are_read_from_the_name(path, kind, title):
    found = understand(path, TODAY)
    assert (found.kind, found.title) == (kind, title)


def test_name_with_two_kinds_is_asked():
    found = understand("Agenda and minutes 14 March 2016.pdf", TODAY)
    assert found.kind is None
    assert "It could be agenda or minutes" in found.why


def test_minutes_of_the_last_meeting_ignore_the_day_of_their_folder():
    found = understand("2016-04-11/Minutes of the last meeting.pdf", TODAY)
    assert (found.held_on, found.kind) == (None, "minutes")
    assert "of an earlier meeting" in found.why
    own = understand("2016-03-14/Minutes of the last meeting 14 March 2016.pdf", TODAY)
    assert own.held_on == date(2016, 3, 14)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("2016-03-14/Item 7 EXEMPT report.pdf", "exempt"),
        ("2016-03-14/Part 2/Item 7.pdf", "part 2"),
        ("Confidential/2016-03-14 Minutes.pdf", "confidential"),
        ("2016-03-14 Minutes_NOT_FOR_PUBLICATION.pdf", "not for publication"),
        ("2016-03-14 PrivateSession.pdf", "private"),
        ("2016-03-14 Part time work.pdf", ""),
    ],
)
def test_word_by_which_a_paper_was_closed_is_found(path, word):
    assert understand(path, TODAY).closed_by == word


@given(st.text(max_size=300))
def test_any_name_gives_a_title_that_can_be_kept(path):
    found = understand(path, TODAY)
    assert 0 < len(found.title) <= LONGEST_TITLE

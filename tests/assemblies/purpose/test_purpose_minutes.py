"""What the minutes of an item say of the round on the purpose that was before the board."""

from datetime import timedelta

import pytest

from assemblies.minutes.actions import minutes as minutes_actions
from assemblies.minutes.forms.minutes import MinutesForm
from assemblies.papers.report_html import html
from tests import factories as make
from tests.assemblies.purpose.group import LINES, group

pytestmark = pytest.mark.django_db
WORDS = "Say who shares what"
QUIET = "One voice drowns the others"


@pytest.fixture
def peg():
    return group("Forum Central", "City Council")


def drafted(peg, asked):
    """The minutes as they begin: the item with the round, and one without."""
    item = make.AgendaItemFactory(version__meeting=peg.meeting, version__number=1, position=1, planned=asked.planned)
    make.AgendaItemFactory(version=item.version, position=2)
    later = peg.meeting.ends_at + timedelta(days=1)
    return minutes_actions.draft(meeting=peg.meeting, board=peg.board, by=make.StaffFactory(), now=later).newest


def saved(version) -> MinutesForm:
    """The form as it stands, sent."""
    return MinutesForm(MinutesForm(version=version).initial, version=version)


def test_minutes_say_what_members_said_of_each_line(peg):
    asked = peg.ask()
    peg.answer(asked, 0, "stands", "change", "stands", words=WORDS, named=True)
    peg.answer(asked, 1, "stands", "stands", "no_longer", words=QUIET)
    first, second = drafted(peg, peg.close(asked)).items.all()
    assert "2 of 2 member organisations answered." in first.text
    assert f"- Line 2, “{LINES[1]}”: stands 1, change it 1, no longer 0" in first.text
    assert f"- Forum Central on line 2: “{WORDS}”" in first.text
    assert QUIET not in first.text
    assert second.text == ""


def test_minutes_of_a_round_nobody_answered_say_so(peg):
    version = drafted(peg, peg.close(peg.ask()))
    assert version.items.first().text == "None of 2 member organisations answered, so no line is reaffirmed."


def test_words_of_members_are_no_markup_in_minutes(peg):
    asked = peg.ask()
    words = "**Stop** [this](https://example.org/evil) ![x](https://example.org/x.png) <b>now</b>"
    peg.answer(asked, 0, "change", "change", "change", words=words, named=True)
    version = drafted(peg, peg.close(asked))
    page = html(version.items.first().text)
    assert not any(mark in page for mark in ("<strong>", "<a ", "<img", "<b>"))
    assert "[this](https://example.org/evil)" in page
    assert saved(version).is_valid()


def test_minutes_can_be_saved_however_much_members_said(peg):
    asked = peg.ask()
    for number in range(2):
        peg.answer(asked, number, "change", "change", "change", words="x" * 3990, named=True)
    version = drafted(peg, peg.close(asked))
    text = version.items.first().text
    assert f"- Line 2, “{LINES[1]}”: stands 0, change it 2, no longer 0" in text
    assert "What they said in words stands with the purpose of the board." in text
    assert saved(version).is_valid()

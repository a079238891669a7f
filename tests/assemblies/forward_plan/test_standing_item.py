"""The standing items of a board: all at once, in their order, once each."""

import pytest

from assemblies.forward_plan.actions import standing_item as standing
from assemblies.forward_plan.actions.standing_item import USUAL, Row
from assemblies.forward_plan.models import StandingItem
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests.factories import BoardFactory, StandingItemFactory

pytestmark = pytest.mark.django_db


def test_usual_items_open_and_close_an_agenda():
    board = BoardFactory()
    standing.write(board=board, by=None, rows=USUAL)
    found = list(board.standing_items.all())
    assert [each.title.split()[0] for each in found] == ["Welcome", "Declarations", "Minutes", "Actions", "Any"]
    assert [each.comes_last for each in found] == [False, False, False, False, True]


def test_written_again_is_not_on_record_twice_and_keeps_its_numbers():
    board = BoardFactory()
    standing.write(board=board, by=None, rows=USUAL)
    numbers = [row.pk for row in standing.rows_of(board)]
    standing.write(board=board, by=None, rows=standing.rows_of(board))
    assert Entry.objects.about(board).count() == 1
    standing.write(board=board, by=None, rows=[row for row in standing.rows_of(board) if row.pk != numbers[0]])
    assert [row.pk for row in standing.rows_of(board)] == numbers[1:]
    assert Entry.objects.about(board).first().details["removed"] == ["Welcome and apologies"]


def test_rows_of_another_board_are_not_taken():
    other = StandingItemFactory(title="Theirs")
    board = BoardFactory()
    standing.write(board=board, by=None, rows=[Row(other.pk, "Ours", "information", comes_last=False)])
    other.refresh_from_db()
    assert (other.title, StandingItem.objects.count()) == ("Theirs", 2)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([Row(None, "Welcome", "information", False), Row(None, "WELCOME", "discussion", False)], "stands here twice"),
        ([Row(None, "Budget", "decision", False)], "consultative forum"),
    ],
)
def test_rows_that_do_not_fit_are_refused(rows, words):
    with pytest.raises(Refusal, match=words):
        standing.write(board=BoardFactory(kind="forum"), by=None, rows=rows)


def test_items_changed_meanwhile_are_not_overwritten():
    board = BoardFactory()
    seen = standing.fingerprint(board)
    standing.write(board=board, by=None, rows=USUAL, seen=seen)
    with pytest.raises(Refusal, match="Someone changed these items"):
        standing.write(board=board, by=None, rows=USUAL[:2], seen=seen)

"""What the forms of a plan offer: meetings to come, days in words, rows in the order that was asked for."""

import pytest

from assemblies.forward_plan.forms.planned_item import ItemCopyForm, ItemMoveForm, PlannedItemForm, in_a_list, to_come
from assemblies.forward_plan.forms.standing_item import StandingItemsForm
from tests.factories import BoardFactory, MeetingFactory, PlannedItemFactory, StandingItemFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return BoardFactory()


def test_meetings_that_have_not_started_are_offered_the_next_first(board):
    later, soon = MeetingFactory(board=board, starts_at=in_days(9)), MeetingFactory(board=board, starts_at=in_days(3))
    MeetingFactory(board=board, starts_at=in_days(-1), ends_at=in_days(1))
    MeetingFactory(board=board, starts_at=in_days(4), state="cancelled")
    assert list(to_come(board)) == [soon, later]
    later.state = "draft"
    assert [in_a_list(each).endswith(" (draft)") for each in (soon, later)] == [False, True]


def test_item_does_not_move_or_copy_to_where_it_is(board):
    item, other = PlannedItemFactory(topic__board=board), MeetingFactory(board=board)
    moves = ItemMoveForm(item=item).fields["meeting"].choices
    assert [key for key, _ in moves] == ["", str(other.pk), ItemMoveForm.PLAN]
    assert list(ItemCopyForm(item=item).fields["meeting"].queryset) == [other]


def test_new_item_needs_a_report_and_chooses_its_meeting(board):
    board.report_days = 1
    new, old = PlannedItemForm(board=board), PlannedItemForm(board=board, item=PlannedItemFactory(topic__board=board))
    assert new.initial == {"needs_report": True}
    assert ("meeting" in new.fields, "revision" in new.fields) == (True, False)
    assert ("meeting" in old.fields, "revision" in old.fields) == (False, True)
    assert "for 1 working day before" in new.fields["report_due_on"].help_text
    board.report_days = 2
    assert "for 2 working days before" in PlannedItemForm(board=board).fields["report_due_on"].help_text


def test_items_at_the_end_stand_after_all_others(board):
    for title, last in (("Welcome", False), ("Close", True)):
        StandingItemFactory(board=board, title=title, comes_last=last)
    shown = StandingItemsForm(board=board)
    given = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    form = StandingItemsForm(given | {"place_1": 9, "place_2": 1}, board=board)
    assert form.is_valid(), form.errors
    assert [row.title for row in form.rows()] == ["Welcome", "Close"]

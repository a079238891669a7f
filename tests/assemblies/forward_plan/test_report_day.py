"""The day on which a report is due follows the calendar: bank holidays that are added, the board's rule, a meeting that moves."""

from datetime import date, datetime

import pytest

from assemblies.forward_plan.actions import planned_item as items
from assemblies.forward_plan.actions import report_day
from partnership.audit.models import Entry
from partnership.boards.models import BankHoliday
from tests.factories import LONDON, BoardFactory, MeetingFactory, TopicFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 8, 3, 9, tzinfo=LONDON)


@pytest.fixture
def board():
    return BoardFactory(clear_days=5, day_kind="working", report_days=5)


@pytest.fixture
def item(board):
    """Of the board on 14 September 2026: to be published by the 4th, its report due on 27 August."""
    return planned(board)


def planned(board, **facts):
    meeting = MeetingFactory(board=board, starts_at=datetime(2026, 9, 14, 14, tzinfo=LONDON))
    facts = {"role": "advisory", "purpose": "discussion", "now": NOW} | facts
    return items.plan(topic=TopicFactory(board=board), board=board, by=None, meeting=meeting, **facts)


def due(item) -> date:
    item.refresh_from_db()
    return item.report_due_on


def test_usual_day_follows_a_bank_holiday_that_is_added(item):
    BankHoliday.objects.create(day=date(2026, 9, 2), name="Proclaimed lately")
    assert (report_day.follow_calendar(NOW), report_day.follow_calendar(NOW)) == (1, 0)
    assert due(item) == date(2026, 8, 26)
    assert Entry.objects.about(item).filter(verb="planned_item.report_day_followed").count() == 1


def test_usual_day_follows_the_rule_of_the_board(board, item):
    board.report_days = 10
    board.save()
    report_day.follow_calendar(NOW)
    assert due(item) == date(2026, 8, 20)


def test_chosen_day_stays_for_as_long_as_it_is_in_time(board):
    chosen = planned(board, report_due_on=date(2026, 9, 4))
    early = planned(board, report_due_on=date(2026, 8, 12))
    BankHoliday.objects.create(day=date(2026, 9, 9), name="Proclaimed lately")
    report_day.follow_calendar(NOW)
    assert (due(chosen), due(early)) == (date(2026, 8, 26), date(2026, 8, 12))
    assert not chosen.report_day_chosen, "it is the usual one from now on"


def test_usual_day_typed_into_the_form_is_no_choice(board, item):
    typed = planned(board, report_due_on=date(2026, 8, 27))
    items.change(item=item, by=None, report_due_on=date(2026, 8, 27), purpose="information")
    item.refresh_from_db()
    assert [item.report_day_chosen, typed.report_day_chosen] == [False, False]


def test_day_that_would_be_over_stays(item):
    """On 27 August 2026 it is due; a bank holiday that is added then would have made it the day before."""
    BankHoliday.objects.create(day=date(2026, 9, 2), name="Proclaimed lately")
    assert report_day.follow_calendar(datetime(2026, 8, 27, 9, tzinfo=LONDON)) == 0
    assert due(item) == date(2026, 8, 27)


def test_meetings_that_are_over_stay_as_they_were(item):
    BankHoliday.objects.create(day=date(2026, 9, 2), name="Proclaimed lately")
    assert report_day.follow_calendar(datetime(2026, 9, 15, 9, tzinfo=LONDON)) == 0

"""On which days the demonstration's people meet; pure rules."""

from datetime import date, timedelta

import pytest

from partnership.boards.models import Board
from partnership.demonstration.ahead import board_day, thursday_in_four_weeks
from partnership.demonstration.days import meeting_day_until, people_meet

SIX_YEARS = [date(2025, 1, 1) + timedelta(days=number) for number in range(6 * 365)]


@pytest.mark.parametrize(
    ("loaded", "held"),
    [
        (date(2026, 9, 1), date(2026, 10, 1)),
        (date(2026, 11, 28), date(2027, 1, 7)),  # not Christmas Eve, nor New Year's Eve
        (date(2025, 11, 27), date(2026, 1, 8)),  # not Christmas Day, nor New Year's Day
    ],
)
def test_assembly_is_on_a_thursday_on_which_people_meet(loaded, held):
    assert thursday_in_four_weeks(loaded) == held


def test_assembly_is_four_weeks_ahead_whenever_it_is_loaded():
    for today in SIX_YEARS:
        day = thursday_in_four_weeks(today)
        assert day.weekday() == 3
        assert people_meet(day)
        assert 25 <= (day - today).days <= 31 + 14


def test_board_meets_on_a_day_and_its_agenda_is_not_late():
    board = Board(clear_days=5)
    for today in SIX_YEARS:
        day = board_day(board, today)
        assert people_meet(day)
        assert board.latest_day_to_publish(day) > today


def test_past_meetings_keep_clear_of_christmas():
    assert meeting_day_until(date(2026, 12, 31)) == date(2026, 12, 23)
    assert meeting_day_until(date(2026, 11, 29)) == date(2026, 11, 27)

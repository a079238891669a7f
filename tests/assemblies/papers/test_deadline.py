"""Until when an agenda must be published: by the rule of its host board, to the minute."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assemblies.papers import deadline
from tests.factories import BoardFactory, MeetingFactory

LONDON = ZoneInfo("Europe/London")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "clear_days", "kind", "last_day"),
    [
        (date(2020, 9, 14), 5, "working", date(2020, 9, 4)),
        (date(2026, 9, 3), 5, "working", date(2026, 8, 25)),
        (date(2026, 9, 3), 3, "working", date(2026, 8, 27)),
        (date(2026, 9, 14), 28, "calendar", date(2026, 8, 16)),
    ],
)
def test_last_day_to_publish_follows_the_rule_of_the_host_board(day, clear_days, kind, last_day):
    start = datetime(day.year, day.month, day.day, 9, 30, tzinfo=LONDON)
    meeting = MeetingFactory(starts_at=start, board=BoardFactory(clear_days=clear_days, day_kind=kind))
    five = datetime(last_day.year, last_day.month, last_day.day, 17, tzinfo=LONDON)
    assert deadline.of(meeting, five).until == five
    assert deadline.of(meeting, five).last_day == last_day
    assert deadline.of(meeting, five).left == 1
    assert deadline.of(meeting, five + timedelta(seconds=1)).is_over
    assert deadline.of(meeting, five + timedelta(days=1)).is_over

"""How long is left for an item, and when the meeting is likely to end. None needs a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assemblies.sittings.pace import pace_of
from partnership import dates
from tests.assemblies.sittings import made_orders as make

STARTS = datetime(
    2026, 9, 14, 9, 0, tzinfo=UTC
)  # 10am on the wall; each entry of a record comes a minute after the one before
ENDS = STARTS + timedelta(hours=1)
BOARD = make.board()


def record(*planned: int | None):
    """Items for decision, planned for so many minutes after the start."""
    items = [
        replace(make.item(place, BOARD), starts_at=None if minutes is None else STARTS + timedelta(minutes=minutes))
        for place, minutes in enumerate(planned, start=1)
    ]
    return make.Record(make.order(*items, of=make.seats(BOARD, 3)))


def pace(record, minutes: float):
    return pace_of(record.picture, STARTS, ENDS, STARTS + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("minutes", "words", "end"),
    [
        (1, "20 minutes left", "11.01am"),
        (19.5, "2 minutes left", "11.01am"),
        (20, "1 minute left", "11.01am"),
        (21.5, "0 minutes left", "11.01am"),
        (22, "1 minute over", "11.02am"),
        (33, "12 minutes over", "11.13am"),
    ],
)
def test_time_runs_down_from_when_the_item_began(minutes, words, end):
    sat = record(0, 20, 30)
    sat.enter("item", 1)  # a minute late
    said = pace(sat, minutes)
    assert said.words == words
    assert dates.clock(said.likely_end) == end
    assert said.end_minute == 11 * 60 + 1


def test_what_is_dealt_with_early_brings_the_end_forward():
    sat = record(0, 20, 30)
    sat.enter("item", 1)
    sat.outcome(1, BOARD, "noted")
    said = pace(sat, 10)
    assert said.words == ""
    assert dates.clock(said.likely_end) == "10.50am"


def test_item_that_comes_again_does_not_count_from_its_first_time():
    sat = record(0, 20)
    for place in (1, 2, 1):
        sat.enter("item", place)
    assert pace(sat, 5).words == ""


def test_items_without_a_time_share_it_and_do_not_count_down():
    sat = record(0, None, 30)
    sat.enter("item", 1)
    said = pace(sat, 10)
    assert said.words == ""
    assert dates.clock(said.likely_end) == "10.55am"  # now, 15 minutes of the first half hour, and the second


def test_nothing_is_said_without_times_or_before_the_first_item():
    without = record(None, None)
    without.enter("item", 1)
    for sat in (without, record(0, 20)):
        assert pace(sat, 10).likely_end is None

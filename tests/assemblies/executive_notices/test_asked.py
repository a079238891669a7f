"""What an executive has to give notice of: its key decisions and private meetings to come, each once, and how each stands."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from assemblies.executive_notices import asked
from assemblies.executive_notices.notice_kinds import Kind
from partnership import todo
from partnership.boards.clear_days import DayKind, latest_time_to_publish, working_days_before
from partnership.boards.models import BankHoliday, Board
from partnership.dates import clock, short_day
from tests.factories import (
    BoardFactory,
    ChairFactory,
    ClosureFactory,
    ExecutiveFactory,
    ExecutiveNoticeFactory,
    KeyDecisionFactory,
    MeetingFactory,
    PlannedItemFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cabinet():
    return ExecutiveFactory()


def decision(cabinet, title, days=40, **facts):
    return KeyDecisionFactory(board=cabinet, topic__title=title, meeting__starts_at=in_days(days), **facts)


def titles(found) -> list[str]:
    return ["private" if each.item is None else each.title for each in found]


def test_each_decision_and_private_meeting_is_asked_for_once(cabinet):
    later, soon = decision(cabinet, "School", 60), decision(cabinet, "Depot")
    for _ in range(2):
        PlannedItemFactory(board=cabinet, meeting=soon.meeting, in_private=True)
    PlannedItemFactory(board=cabinet, meeting=later.meeting, closure=ClosureFactory())
    PlannedItemFactory(board=cabinet, meeting=MeetingFactory(board=cabinet))
    found = asked.of_board(cabinet)
    assert titles(found) == ["Depot", "private", "School", "private"]
    assert found[1].title == f"Private meeting on {short_day(soon.meeting.starts_at)}"


def test_what_is_over_or_off_asks_for_nothing(cabinet):
    for facts in (
        {"days": -3},
        {"meeting__state": "cancelled"},
        {"withdrawn_at": timezone.now(), "withdrawn_because": "Not now."},
    ):
        decision(cabinet, "Depot", **facts)
    KeyDecisionFactory(board=cabinet, meeting=None)
    assert asked.of_board(cabinet) == []


def test_who_is_no_executive_any_more_is_asked_for_nothing(cabinet):
    meeting = decision(cabinet, "Depot").meeting
    cabinet.is_executive = False
    assert asked.of_board(cabinet) == []
    assert asked.of_meeting(meeting, [cabinet, BoardFactory()], timezone.now()) == []


def test_meeting_is_asked_for_its_own_items(cabinet):
    meeting = decision(cabinet, "Depot").meeting
    decision(cabinet, "School")
    assert titles(asked.of_meeting(meeting, [cabinet], timezone.now())) == ["Depot"]


def test_move_loses_only_what_is_in_order_now(cabinet):
    meeting = decision(cabinet, "Depot").meeting
    held = KeyDecisionFactory(board=cabinet, topic__title="School", meeting=meeting)
    ExecutiveNoticeFactory(item=held)
    PlannedItemFactory(board=cabinet, meeting=meeting, in_private=True)
    for kind in (Kind.PRIVATE, Kind.PRIVATE_SECOND):
        day = timezone.localdate(meeting.starts_at)
        ExecutiveNoticeFactory(item=None, board=cabinet, meeting=meeting, kind=kind, reasons="A price.", first_on=day)
    assert titles(asked.of_meeting(meeting, [cabinet], timezone.now())) == ["Depot", "School", "private"]
    lost = asked.lost_by_move(meeting, [cabinet], meeting.starts_at + timedelta(days=9))
    assert titles(lost) == ["School", "private"]


@pytest.mark.parametrize("holiday", [False, True])
@pytest.mark.parametrize(("kind", "hour"), [(DayKind.CALENDAR, time(17)), (DayKind.WORKING, time(9))])
def test_days_are_counted_as_the_board_says(cabinet, kind, hour, holiday):
    """Here, and on home, which reads the board's rule in a query of its own."""
    chair, meets = ChairFactory(seat__board=cabinet).holder, in_days(49)
    item = KeyDecisionFactory(board=cabinet, meeting__starts_at=meets)
    Board.objects.update(notice_day_kind=kind, publish_by=hour)
    added = [working_days_before(timezone.localdate(meets), 5)] if holiday else []
    BankHoliday.objects.bulk_create(BankHoliday(day=each, name="Jubilee") for each in added)
    last = latest_time_to_publish(timezone.localdate(meets), 28, kind, hour, also=added)
    assert asked.of_board(Board.objects.get())[0].standing.until == last
    assert [
        (each.due, f"by {clock(last)} on" in each.why) for each in todo.now_for(chair) if str(item) in each.title
    ] == [(timezone.localdate(last), True)]


def test_what_is_in_order_says_and_asks_nothing(cabinet):
    ExecutiveNoticeFactory(item=decision(cabinet, "Depot"))
    found = asked.of_board(cabinet)[0]
    assert (found.words, found.url, found.button) == ("", "", "")

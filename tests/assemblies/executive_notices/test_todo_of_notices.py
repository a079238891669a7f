"""What home asks of executives: notices of key decisions and private meetings to come, in time, of nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.executive_notices.notice_kinds import Kind
from partnership import todo
from tests.factories import (
    ChairFactory,
    ExecutiveFactory,
    ExecutiveNoticeFactory,
    KeyDecisionFactory,
    MeetingBoardFactory,
    MeetingFactory,
    PlannedItemFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
GONE = {"withdrawn_at": timezone.now(), "withdrawn_because": "Not now."}


@pytest.fixture
def cabinet():
    return ExecutiveFactory()


@pytest.fixture
def chair(cabinet):
    return ChairFactory(seat__board=cabinet).holder


def asked(person) -> list[str]:
    return [each.url for each in todo.now_for(person) if "Give notice" in each.title]


def decision(cabinet, days=40, **facts):
    return KeyDecisionFactory(board=cabinet, meeting__starts_at=in_days(days), **facts)


def test_nothing_else_is_asked_for(cabinet, chair):
    PlannedItemFactory(board=cabinet, meeting=MeetingFactory(board=cabinet, starts_at=in_days(40)))
    for facts in ({"meeting__state": "cancelled"}, {"days": -3}, {"days": 70}, GONE):
        decision(cabinet, **facts)
    assert asked(chair) == []


def test_executive_alone_is_asked(cabinet, chair):
    decision(cabinet)
    assert len(asked(chair)) == 1
    cabinet.is_executive = False
    cabinet.save()
    assert asked(chair) == []


def test_working_days_are_asked_for_as_early(cabinet, chair):
    """28 of them take six weeks and bank holidays; home asks three weeks before their last moment."""
    cabinet.notice_day_kind = "working"
    cabinet.save()
    decision(cabinet, days=59)
    assert len(asked(chair)) == 1


def test_notice_of_another_decision_does_not_count(cabinet, chair):
    mine, other = decision(cabinet), decision(cabinet)
    ExecutiveNoticeFactory(item=other)
    assert [f"/{mine.pk}/" in each for each in asked(chair)] == [True]


def test_private_meeting_is_asked_for_by_its_first_live_item(cabinet, chair):
    meetings = [MeetingFactory(board=cabinet, starts_at=in_days(days), slug=f"in-{days}") for days in (40, 41)]
    PlannedItemFactory(board=cabinet, meeting=meetings[0], in_private=True, **GONE)
    for meeting in meetings:
        PlannedItemFactory(board=cabinet, meeting=meeting, in_private=True)
    assert [slug in each for slug, each in zip(("in-40", "in-41"), sorted(asked(chair)), strict=True)] == [True, True]


def test_each_executive_of_a_meeting_in_common_gives_its_own_notice(cabinet, chair):
    meeting = MeetingFactory(board=cabinet, starts_at=in_days(40))
    other = MeetingBoardFactory(meeting=meeting, board=ExecutiveFactory()).board
    for board in (cabinet, other):
        PlannedItemFactory(board=board, meeting=meeting, in_private=True)
    their_chair = ChairFactory(seat__board=other).holder
    assert [len(asked(each)) for each in (chair, their_chair)] == [1, 1]
    day = timezone.localdate(meeting.starts_at)
    for kind in (Kind.PRIVATE, Kind.PRIVATE_SECOND):
        ExecutiveNoticeFactory(
            item=None, board=cabinet, meeting=meeting, kind=kind, reasons="A price.", first_on=day,
            published_at=timezone.now() - timedelta(hours=1),
        )  # fmt: skip
    assert [len(asked(each)) for each in (chair, their_chair)] == [0, 1]

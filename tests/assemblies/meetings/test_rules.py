"""Who chairs a meeting, who chairs a board that meets in common with its host, and who has something to do on its pages."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from assemblies.meetings.rules import boards_in_common_chaired_by, chairs, chairs_in_common
from tests.factories import (
    AppointmentFactory,
    ChairFactory,
    MeetingBoardFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    PlaceLeadFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def other(meeting):
    return MeetingBoardFactory(meeting=meeting).board


def test_each_board_has_its_own_chair(meeting, other):
    host, theirs = ChairFactory(seat__board=meeting.board).holder, ChairFactory(seat__board=other).holder
    assert [chairs(each, meeting) for each in (host, theirs)] == [True, False]
    assert [chairs_in_common(each, meeting) for each in (host, theirs)] == [False, True]
    assert boards_in_common_chaired_by(theirs, meeting) == [other]


def test_nobody_chairs_no_meeting_and_a_visitor_none(meeting, other):
    chair = ChairFactory(seat__board=other).holder
    assert not chairs(chair, None)
    assert not chairs_in_common(chair, None)
    assert not chairs(AnonymousUser(), meeting)
    assert not chairs_in_common(AnonymousUser(), meeting)


def test_who_has_something_to_do_manages_some_of_it(meeting, other):
    lead = PlaceLeadFactory()
    MeetingPlaceFactory(meeting=meeting, place=lead.place)
    does = [StaffFactory(), lead.user, *(ChairFactory(seat__board=each).holder for each in (meeting.board, other))]
    does_not = [AppointmentFactory(seat__board=other).holder, PlaceLeadFactory().user, ChairFactory().holder]
    assert [rules.has_perm("meetings.manage", each, meeting) for each in does] == [True] * 4
    assert [rules.has_perm("meetings.manage", each, meeting) for each in does_not] == [False] * 3

"""A board that became a consultative forum after its agenda was drafted."""

from datetime import timedelta

import pytest

from assemblies.papers.actions import agenda
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.papers.packed import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting():
    return make.MeetingFactory(
        slug="september", starts_at=make.in_days(30), ends_at=make.in_days(30) + timedelta(hours=2)
    )


@pytest.fixture
def chair(meeting):
    return make.ChairFactory(seat__board=meeting.board).holder


def test_board_that_became_a_forum_decides_nothing(meeting, chair):
    other = make.MeetingBoardFactory(meeting=meeting).board
    make.LedItemFactory(
        board=other, meeting=meeting, topic__title="Money", needs_report=False, role="decisive", purpose="decision"
    )
    agenda.fill_from_plan(meeting=meeting, by=None)
    other.kind = "forum"
    other.save()
    with pytest.raises(Refusal, match="consultative forum"):
        publish(meeting, chair)

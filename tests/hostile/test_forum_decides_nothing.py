"""A board that became a consultative forum after its agenda was drafted."""

import pytest

from assemblies.papers.actions import agenda
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.papers.packed import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


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

import pytest
from django.utils import timezone

from assemblies.sittings.actions import sitting as sittings
from tests import factories as make
from tests.assemblies.sittings.book import Book


@pytest.fixture
def meeting():
    """Of a board of three, with an item for decision and one for information."""
    meeting = make.MeetingUnderWayFactory(board__quorum_number=2)
    make.ChairFactory(seat__board=meeting.board)
    for _ in range(2):
        make.AppointmentFactory(seat__board=meeting.board)
    version = make.AgendaVersionFactory(meeting=meeting)
    planned = make.PlannedItemFactory(board=meeting.board, meeting=meeting)
    make.AgendaItemFactory(version=version, position=1, title="The plan", purpose="decision", planned=planned)
    make.AgendaItemFactory(version=version, position=2, title="News", purpose="information")
    return meeting


@pytest.fixture
def chair(meeting):
    return meeting.board.chair_on(timezone.localdate())


@pytest.fixture
def record(meeting, chair):
    return Book(sittings.start(meeting=meeting, by=chair), chair)

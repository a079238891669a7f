from datetime import timedelta

import factory
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingBoard, MeetingMove, MeetingPlace
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.days import in_days
from tests.factories.footprint import PlaceFactory


class MeetingFactory(CountingFactory):
    """A published assembly four weeks ahead, online, open to all."""

    class Meta:
        model = Meeting

    title = factory.Sequence(lambda n: f"Assembly {n}")
    slug = factory.Sequence(lambda n: f"assembly-{n}")
    kind = Meeting.Kind.ASSEMBLY
    board = factory.SubFactory(BoardFactory)
    summary = "What has to happen now."
    starts_at = factory.LazyFunction(lambda: in_days(28))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=3))
    state = Meeting.State.PUBLISHED
    published_at = factory.LazyAttribute(
        lambda meeting: None if meeting.state == Meeting.State.DRAFT else timezone.now()
    )


class MeetingTodayFactory(MeetingFactory):
    """A published assembly of today, in a room: people can be checked in."""

    format = Meeting.Format.IN_PERSON
    starts_at = factory.LazyFunction(lambda: in_days(0))


class MeetingBoardFactory(CountingFactory):
    """A board that meets in common with the host: `MeetingBoardFactory(meeting=meeting, board=board)`."""

    class Meta:
        model = MeetingBoard

    meeting = factory.SubFactory(MeetingFactory)
    board = factory.SubFactory(BoardFactory)


class MeetingPlaceFactory(CountingFactory):
    class Meta:
        model = MeetingPlace

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.SubFactory(PlaceFactory)


class MeetingMoveFactory(CountingFactory):
    class Meta:
        model = MeetingMove

    meeting = factory.SubFactory(MeetingFactory)
    new_starts_at = factory.SelfAttribute("meeting.starts_at")
    new_ends_at = factory.SelfAttribute("meeting.ends_at")
    old_starts_at = factory.LazyAttribute(lambda move: move.new_starts_at - timedelta(days=7))
    old_ends_at = factory.LazyAttribute(lambda move: move.new_ends_at - timedelta(days=7))

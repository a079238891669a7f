from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.sittings.models import BoardPractice, Entry, Sitting
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class MeetingUnderWayFactory(MeetingFactory):
    """A published meeting of a board in public that began half an hour ago."""

    kind = Meeting.Kind.BOARD
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=30))


class SittingFactory(CountingFactory):
    """The record of a meeting that is under way: its board and seats are those of the meeting."""

    class Meta:
        model = Sitting

    meeting = factory.SubFactory(MeetingUnderWayFactory)
    started_at = factory.LazyAttribute(lambda sitting: sitting.meeting.starts_at)
    started_by = factory.SubFactory(UserFactory)


class EntryFactory(CountingFactory):
    class Meta:
        model = Entry

    sitting = factory.SubFactory(SittingFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid4)
    kind = Entry.Kind.GUEST
    facts = factory.LazyFunction(lambda: {"name": "Somebody", "role": ""})
    said_at = factory.LazyFunction(timezone.now)
    recorded_at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(UserFactory)


class BoardPracticeFactory(CountingFactory):
    class Meta:
        model = BoardPractice

    board = factory.SubFactory(BoardFactory)

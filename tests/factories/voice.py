from datetime import timedelta

import factory

from assemblies.voice.models import CallForViews, ReportBack
from tests.factories.accounts import UserFactory
from tests.factories.boards import SeatFactory
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class CallFactory(CountingFactory):
    """An open call for views: `CallFactory(asked=[partner], item=item)`; without an item it asks a question."""

    class Meta:
        model = CallForViews
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.SubFactory(SeatFactory, board=factory.SelfAttribute("..meeting.board"))
    closes_at = factory.LazyAttribute(lambda call: call.meeting.starts_at - timedelta(days=2))
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def asked(self, create, partners, **_):
        self.asked.set(partners or [])

    @factory.post_generation
    def item(self, create, item, **_):
        question = "" if item else "What matters most to the people you work with?"
        self.topics.create(position=1, item=item, question=question)


class ReportBackFactory(CountingFactory):
    """A report back to those named: `ReportBackFactory(told=[partner])`."""

    class Meta:
        model = ReportBack
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.SubFactory(SeatFactory, board=factory.SelfAttribute("..meeting.board"))
    text = "It was agreed, with your change."
    made_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def told(self, create, partners, **_):
        self.told.set(partners or [])

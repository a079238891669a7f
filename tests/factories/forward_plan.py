import factory

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.purposes import Purpose
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class TopicFactory(CountingFactory):
    class Meta:
        model = Topic

    title = factory.Sequence(lambda n: f"Topic {n}")
    board = factory.SubFactory(BoardFactory)


class PlannedItemFactory(CountingFactory):
    """An item planned for a meeting of its board, that somebody leads and that needs a report."""

    class Meta:
        model = PlannedItem

    board = factory.SubFactory(BoardFactory)
    topic = factory.SubFactory(TopicFactory, board=factory.SelfAttribute("..board"))
    meeting = factory.SubFactory(MeetingFactory, board=factory.SelfAttribute("..board"))
    purpose = Purpose.DECISION
    lead = factory.SubFactory(UserFactory)

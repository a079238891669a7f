import factory
from django.utils import timezone

from assemblies.forward_plan.models import ItemMove, PlannedItem, StandingItem, Topic
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class TopicFactory(CountingFactory):
    """A topic that is planned, or about to be; `ParkedTopicFactory` makes one that waits."""

    class Meta:
        model = Topic

    title = factory.Sequence(lambda n: f"Topic {n}")
    board = factory.SubFactory(BoardFactory)


class ParkedTopicFactory(TopicFactory):
    parked_at = factory.LazyFunction(timezone.now)
    parked_because = "Nobody had time for it."


class PlannedItemFactory(CountingFactory):
    """A topic for discussion at a published meeting of the board whose plan it is on."""

    class Meta:
        model = PlannedItem

    topic = factory.SubFactory(TopicFactory)
    board = factory.SelfAttribute("topic.board")
    meeting = factory.LazyAttribute(lambda item: MeetingFactory(board=item.board))
    role = PlannedItem.Role.ADVISORY
    purpose = PlannedItem.Purpose.DISCUSSION


class ItemMoveFactory(CountingFactory):
    class Meta:
        model = ItemMove

    item = factory.SubFactory(PlannedItemFactory)
    reason = "The report was not ready."


class StandingItemFactory(CountingFactory):
    class Meta:
        model = StandingItem

    board = factory.SubFactory(BoardFactory)
    title = factory.Sequence(lambda n: f"Standing item {n}")
    position = factory.Sequence(lambda n: n % 30_000)


class LedItemFactory(PlannedItemFactory):
    """An item for decision, of a board's own topic, that somebody leads and that needs a report."""

    board = factory.SubFactory(BoardFactory)
    topic = factory.SubFactory(TopicFactory, board=factory.SelfAttribute("..board"))
    meeting = factory.SubFactory(MeetingFactory, board=factory.SelfAttribute("..board"))
    purpose = PlannedItem.Purpose.DECISION
    lead = factory.SubFactory(UserFactory)

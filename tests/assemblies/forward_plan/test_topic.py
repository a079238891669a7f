"""A topic on a plan: once, parked until somebody places it, closed with a reason."""

import pytest

from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import Topic
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests.at_once import at_once
from tests.factories import BoardFactory, ParkedTopicFactory, PlannedItemFactory, StaffFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_new_topic_is_parked_and_submitted_twice_is_one():
    board, staff = BoardFactory(), StaffFactory()
    made = [topics.add(board=board, by=staff, title="Carers", parked_because="Next year") for _ in range(2)]
    assert made[0] == made[1]
    assert list(Topic.objects.parked()) == [made[0]]
    assert Entry.objects.filter(verb="topic.added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_topic_added_at_once_is_one_topic():
    board, staff = BoardFactory(), StaffFactory()
    at_once(lambda: topics.add(board=board, by=staff, title="Carers"))
    assert Topic.objects.count() == 1


def test_same_title_is_refused_while_it_is_open():
    topic = TopicFactory(title="Carers")
    with pytest.raises(Refusal, match="on the plan already") as refused:
        topics.add(board=topic.board, by=StaffFactory(), title="carers")
    assert refused.value.field == "title"
    topics.close(topic=topic, by=None, reason="Done with")
    topics.add(board=topic.board, by=StaffFactory(), title="Carers")
    topics.add(board=BoardFactory(), by=StaffFactory(), title="Carers")


def test_change_counts_a_revision_only_where_something_changed():
    topic, staff = TopicFactory(title="Carers"), StaffFactory()
    assert topics.change(topic=topic, by=staff, title="Carers", revision=0).revision == 0
    assert topics.change(topic=topic, by=staff, title="Young carers", revision=0).revision == 1
    with pytest.raises(Stale):
        topics.change(topic=topic, by=StaffFactory(), title="Older carers", revision=0)


def test_renaming_to_a_title_on_the_plan_is_refused():
    topic = TopicFactory(title="Carers")
    other = TopicFactory(board=topic.board)
    with pytest.raises(Refusal, match="on the plan already"):
        topics.change(topic=other, by=None, title="CARERS")


def test_parking_keeps_the_day_it_was_parked_first():
    topic = ParkedTopicFactory()
    parked = topics.park(topic=topic, by=None, reason="Waits for the budget")
    assert (parked.parked_at, parked.parked_because) == (topic.parked_at, "Waits for the budget")


@pytest.mark.parametrize("action", [topics.park, topics.close])
def test_topic_that_a_board_will_take_up_is_not_parked_or_closed(action):
    item = PlannedItemFactory()
    with pytest.raises(Refusal, match="still to take it up"):
        action(topic=item.topic, by=None, reason="No longer needed")


def test_closing_needs_a_reason_and_parking_opens_it_again():
    topic = ParkedTopicFactory()
    with pytest.raises(Refusal, match="Say why"):
        topics.close(topic=topic, by=None, reason=" ")
    closed = topics.close(topic=topic, by=None, reason="The law changed")
    assert (closed.parked_at, closed.closed_because) == (None, "The law changed")
    assert not Topic.objects.parked().exists()
    again = topics.park(topic=topic, by=None, reason="It is back")
    assert (again.closed_at, again.closed_because) == (None, "")

"""Published reports, and topics with what boards said of them, are found by their words by those who may read them."""

import pytest

from assemblies.forward_plan.actions import planned_item as items
from assemblies.papers.actions import report_publication
from partnership import search
from tests.assemblies.papers.signing import submit, submitted
from tests.factories import (
    AppointmentFactory,
    MeetingFactory,
    PlannedItemFactory,
    ReportFactory,
    StaffFactory,
    TopicFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def found(words: str, user, kind: str) -> list[str]:
    return [result.title for group in search.find(words, user) if group.kind == kind for result in group.results]


@pytest.fixture
def report():
    """What it says is in a field, in a recommendation and in a numbered section, the last as the first word of a paragraph."""
    report = ReportFactory(title="The plan")
    report.text["fields"] |= {"risks": "Floods.", "author": "Petra Quist", "from_whom": "Quentin Zorn"}
    report.text["recommendations"] = ["Approve the sluices."]
    report.text["sections"] = [{"title": "Background", "text": 'It rained.\n\nHedgehogs "swam".'}]
    report.save()
    submit(report)
    return report


def publish(report) -> None:
    report_publication.publish(report=report, meeting=report.item.meeting, by=StaffFactory())


@pytest.mark.parametrize("words", ["plan", "floods", "sluice", "hedgehog", "swam", "background", '"it rained"'])
def test_published_report_is_found_by_all_its_words(report, words):
    visitor = UserFactory()
    assert found(words, visitor, "Reports") == []
    publish(report)
    assert found(words, visitor, "Reports") == ["The plan"]


@pytest.mark.parametrize("words", ["quist", "zorn", "nhedgehogs", "plan -floods"])
def test_report_is_not_found_by_names_of_people_or_of_fields(report, words):
    publish(report)
    assert found(words, UserFactory(), "Reports") == []


def test_report_of_a_closed_meeting_is_found_by_the_board():
    report = submitted(title="Pay", item__meeting__by_invitation=True)
    publish(report)
    assert found("pay", UserFactory(), "Reports") == []
    assert found("pay", AppointmentFactory(seat__board=report.board).holder, "Reports") == ["Pay"]


def test_topic_is_found_by_what_it_comes_from_and_what_a_board_said():
    topic = TopicFactory(title="Winter", source="The letter of Advent")
    open_, closed = (MeetingFactory(board=topic.board, starts_at=in_days(-3), by_invitation=each) for each in (0, 1))
    for meeting, result in ((open_, "Endorsed the sledges"), (closed, "Deferred the skates")):
        item = PlannedItemFactory(topic=topic, meeting=meeting)
        items.say_result(item=item, by=None, result=result)
    member = AppointmentFactory(seat__board=topic.board).holder
    for words, visitor, sits in [("advent", 1, 1), ("sledge", 1, 1), ("skates", 0, 1), ("sledge skates", 0, 1)]:
        assert len(found(words, UserFactory(), "Topics")) == visitor, words
        assert len(found(words, member, "Topics")) == sits, words

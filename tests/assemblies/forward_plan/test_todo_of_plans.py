"""What home asks of a board's chair and of staff about its plan: a lead, what the board said, a decision on what is parked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership import todo
from tests.factories import (
    BoardFactory,
    ChairFactory,
    MeetingFactory,
    ParkedTopicFactory,
    PlannedItemFactory,
    StaffFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return BoardFactory()


@pytest.fixture
def asks(board):
    """How many things of this kind are asked of the chair, and of staff."""
    people = [ChairFactory(seat__board=board).holder, StaffFactory()]

    def counted(words: str) -> set[int]:
        return {sum(words in each.title for each in todo.now_for(person)) for person in people}

    return counted


def due(days: int):
    return timezone.localdate() + timedelta(days=days)


def led(board, **facts):
    """An item that needs a report soon, and that nobody leads, unless `facts` say otherwise."""
    meeting = MeetingFactory(
        board=board, starts_at=in_days(facts.pop("meets", 30)), state=facts.pop("state", "published")
    )
    given = {"lead": None, "needs_report": True, "report_due_on": due(13)} | facts
    return PlannedItemFactory(board=board, topic__board=board, meeting=meeting, **given)


@pytest.mark.parametrize(
    "facts",
    [{}, {"report_due_on": due(-1)}, {"state": "draft"}, {"lead": False}],
    ids=["soon", "late", "draft", "left"],
)
def test_lead_is_asked_for_before_the_report_is_due(board, asks, facts):
    led(board, **facts | ({"lead": UserFactory(is_active=False)} if "lead" in facts else {}))
    assert asks("Say who leads") == {1}


@pytest.mark.parametrize(
    "facts",
    [
        {"report_due_on": due(15)},
        {"needs_report": False},
        {"report_received_at": timezone.now()},
        {"withdrawn_at": timezone.now(), "withdrawn_because": "Not now."},
        {"state": "cancelled"},
        {"meets": -1},
        {"lead": True},
    ],
    ids=["not yet", "no report", "in", "off the plan", "cancelled", "over", "led"],
)
def test_lead_is_asked_for_where_one_is_missing_alone(board, asks, facts):
    led(board, **facts | ({"lead": UserFactory()} if "lead" in facts else {}))
    assert asks("Say who leads") == {0}


@pytest.mark.parametrize(
    ("meeting", "item", "count"),
    [
        ({"starts_at": -3}, {}, 1),
        ({"starts_at": -61}, {}, 0),
        ({"starts_at": -3, "ends_at": 1}, {}, 0),
        ({"starts_at": -3, "state": "cancelled"}, {}, 0),
        ({"starts_at": -3}, {"result": "Agreed."}, 0),
        ({"starts_at": -3}, {"withdrawn_at": timezone.now(), "withdrawn_because": "Not now."}, 0),
    ],
    ids=["held", "long ago", "it runs", "cancelled", "said", "off the plan"],
)
def test_what_the_board_said_is_asked_for_once_it_has_met(board, asks, meeting, item, count):
    starts = meeting["starts_at"]
    times = {"starts_at": in_days(starts), "ends_at": in_days(meeting.get("ends_at", starts), 12, 0)}
    held = MeetingFactory(board=board, **{"state": "held"} | meeting | times)
    PlannedItemFactory(board=board, topic__board=board, meeting=held, **item)
    assert asks("Say what the") == {count}


@pytest.mark.parametrize(("days", "count"), [(91, 1), (89, 0)])
def test_topics_parked_for_long_are_asked_about(board, asks, days, count):
    ParkedTopicFactory(board=board, parked_at=timezone.now() - timedelta(days=days))
    assert asks("Place or close topics") == {count}

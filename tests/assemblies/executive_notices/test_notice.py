"""Notices of council executives: published once, never changed, withdrawn in public, and only where the law asks for them."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assemblies.executive_notices.actions import notice as actions
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import Kind
from assemblies.forward_plan.actions import planned_item
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from partnership.audit.models import Entry
from partnership.boards.models import Board
from partnership.refusals import Refusal
from tests.at_once import at_once
from tests.factories import (
    LONDON,
    AppointmentFactory,
    BoardFactory,
    ChairFactory,
    ExecutiveFactory,
    ExecutiveNoticeFactory,
    KeyDecisionFactory,
    MeetingBoardFactory,
    MeetingFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
MEETS = datetime(2026, 9, 14, 14, tzinfo=LONDON)
DAY = MEETS.date()
IN_TIME, LATE, TOO_LATE = (
    datetime(2026, 8, 16, 9, tzinfo=LONDON), datetime(2026, 8, 20, 9, tzinfo=LONDON), datetime(2026, 9, 7, 9, tzinfo=LONDON),
)  # fmt: skip
SCRUTINY = {
    "told": "Ann Lee, chair of Scrutiny",
    "told_on": date(2026, 8, 19),
    "reasons": "The grant was offered on Monday.",
}


@pytest.fixture
def cabinet():
    return ExecutiveFactory(name="Cabinet")


@pytest.fixture
def item(cabinet):
    return KeyDecisionFactory(board=cabinet, topic__title="A new depot", meeting__starts_at=MEETS)


def publish(planned, kind=Kind.KEY, **changes):
    facts = {"board": planned.board, "kind": kind, "by": StaffFactory(), "item": planned, "meeting": planned.meeting}
    return actions.publish(**(facts | {"matter": "Buying land for a depot", "now": IN_TIME} | changes))


def private(item, kind=Kind.PRIVATE, **changes):
    facts = {"item": None, "reasons": "What the seller said in confidence."}
    return publish(item, kind, **(facts | changes))


def test_notice_says_what_when_who_decides_and_what_they_read(item, cabinet):
    ChairFactory(seat__board=cabinet, holder__name="Leader Lee")
    found = publish(item, documents="Report of the director\n")
    assert (found.first_on, found.last_on, found.documents) == (DAY, DAY, "Report of the director")
    assert (found.members, found.published_at) == (["Leader Lee"], IN_TIME)
    entry = Entry.objects.get(verb="executive_notice.published")
    assert entry.details["on"] == "2026-09-14"


def test_notice_of_a_period_holds_the_day_of_the_meeting(item):
    found = publish(item, first_on=DAY, last_on=date(2026, 10, 30))
    assert found.is_of_a_period
    with pytest.raises(Refusal, match="Monday 14 September 2026: these days do not include it") as refused:
        publish(item, first_on=date(2026, 9, 15), last_on=date(2026, 10, 30))
    assert refused.value.field == "first_on"
    with pytest.raises(Refusal, match="last day is before the first"):
        publish(item, first_on=DAY, last_on=date(2026, 9, 1))


def test_notice_submitted_twice_is_one(item):
    assert publish(item) == publish(item)
    assert ExecutiveNotice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_notice_submitted_at_once_is_one():
    item = KeyDecisionFactory()
    at_once(lambda: publish(item, now=None, by=item.topic.created_by or StaffFactory()))
    assert ExecutiveNotice.objects.count() == 1


def test_too_late_for_28_days_is_refused_and_the_scrutiny_chair_told(item):
    with pytest.raises(Refusal, match="It is too late for 28 clear days"):
        publish(item, now=LATE)
    found = publish(item, Kind.KEY_SCRUTINY, now=LATE, **SCRUTINY)
    assert (found.told, found.told_on) == ("Ann Lee, chair of Scrutiny", date(2026, 8, 19))
    with pytest.raises(Refusal, match="still time for the notice that comes before it"):
        publish(item, Kind.KEY_URGENT, now=LATE, **SCRUTINY)
    assert publish(item, Kind.KEY_URGENT, now=TOO_LATE, **SCRUTINY).kind == Kind.KEY_URGENT


@pytest.mark.parametrize(
    ("missing", "field", "why"),
    [
        ({"reasons": "Soon."}, "reasons", "Give the reason in a sentence"),
        ({"told": ""}, "told", "Enter who was told, or agreed, for scrutiny"),
        ({"told_on": None}, "told_on", "Enter the day"),
        ({"told_on": date(2026, 8, 21)}, "told_on", "cannot be in the future"),
        ({"matter": "  "}, "matter", "Say what it is about"),
    ],
)
def test_reasons_and_who_was_told_are_asked_for(item, missing, field, why):
    with pytest.raises(Refusal, match=why) as refused:
        publish(item, Kind.KEY_SCRUTINY, now=LATE, **(SCRUTINY | missing))
    assert refused.value.field == field


@pytest.mark.parametrize("missing", [{"told": ""}, {"told_on": None}, {"reasons": ""}])
def test_scrutiny_chair_who_agrees_is_named_with_day_and_reasons(item, missing):
    for refused in (
        lambda: publish(item, Kind.KEY_URGENT, now=TOO_LATE, **(SCRUTINY | missing)),
        lambda: private(item, Kind.PRIVATE_URGENT, now=LATE, **(SCRUTINY | missing)),
    ):
        with pytest.raises(Refusal, match=r"Enter who was told|Enter the day|Give the reason"):
            refused()
    assert publish(item, Kind.KEY_URGENT, now=TOO_LATE, **SCRUTINY).told == SCRUTINY["told"]
    assert private(item, Kind.PRIVATE_URGENT, now=LATE, **SCRUTINY).told_on == SCRUTINY["told_on"]


def test_notices_that_stand_in_for_the_first_name_the_day_alone(item):
    week = timedelta(days=7)
    found = publish(item, Kind.KEY_SCRUTINY, now=LATE, first_on=DAY - week, last_on=DAY + week, **SCRUTINY)
    assert (found.first_on, found.last_on) == (DAY, DAY)


def test_notice_lists_who_sits_on_the_board_that_day_the_chair_first(item, cabinet):
    AppointmentFactory(seat__board=cabinet, seat__position=1, holder__name="Ann Member")
    ChairFactory(seat__board=cabinet, seat__position=2, holder__name="Leader Lee")
    AppointmentFactory(seat__board=cabinet, holder__name="Old Member", ends_on=IN_TIME.date() - timedelta(days=1))
    AppointmentFactory(holder__name="Of another board")
    assert publish(item).members == ["Leader Lee", "Ann Member"]


def test_notice_is_of_an_item_that_its_own_board_still_plans(item):
    other = ExecutiveFactory()
    with pytest.raises(Refusal, match="no longer planned as a key decision"):
        publish(item, board=other)
    planned_item.withdraw(item=item, by=None, reason="The law changed")
    with pytest.raises(Refusal, match="no longer planned as a key decision"):
        publish(item)


def test_second_notice_stands_on_the_first_of_its_own_board(item):
    """Of two executives that meet in common each gives its own."""
    other = ExecutiveFactory()
    MeetingBoardFactory(meeting=item.meeting, board=other)
    private(item)
    with pytest.raises(Refusal, match="no second one"):
        private(item, Kind.PRIVATE_SECOND, board=other, now=LATE)
    assert private(item, Kind.PRIVATE_SECOND, now=LATE).kind == Kind.PRIVATE_SECOND


def test_second_notice_of_a_private_meeting_answers_what_was_received(item):
    with pytest.raises(Refusal, match="no second one"):
        private(item, Kind.PRIVATE_SECOND)
    private(item)
    said = {"representations": "A newspaper asked for the price.", "now": LATE}
    with pytest.raises(Refusal, match="answer to the representations") as refused:
        private(item, Kind.PRIVATE_SECOND, **said)
    assert refused.value.field == "answer"
    found = private(item, Kind.PRIVATE_SECOND, answer="It is published once the land is bought.", **said)
    assert (found.item, found.meeting, found.answer) == (None, item.meeting, "It is published once the land is bought.")


def test_board_that_is_no_executive_gives_no_notice(item):
    Board.objects.update(is_executive=False)
    item.board.refresh_from_db()
    with pytest.raises(Refusal, match="is not the executive of a council"):
        publish(item)


def test_what_is_no_key_decision_of_the_meeting_gets_no_notice(item):
    other = KeyDecisionFactory(board=item.board, meeting__starts_at=MEETS)
    with pytest.raises(Refusal, match="no longer planned as a key decision"):
        publish(item, meeting=other.meeting)
    item.is_key = False
    item.save()
    with pytest.raises(Refusal, match="no longer planned as a key decision"):
        publish(item)
    Meeting.objects.filter(pk=other.meeting_id).update(state="cancelled")
    with pytest.raises(Refusal, match="The meeting is cancelled"):
        publish(other)


def test_withdrawn_notice_says_why_once(item):
    found = publish(item)
    for empty in ("", "Error."):
        with pytest.raises(Refusal, match="Say in a sentence why it is withdrawn"):
            actions.withdraw(notice=found, by=None, reason=empty)
    actions.withdraw(notice=found, by=None, reason="It named the seller.")
    assert actions.withdraw(notice=found, by=None, reason="Another reason.").withdrawn_because == "It named the seller."
    assert publish(item).pk != found.pk, "another one can be published"


def test_published_notice_is_never_changed_nor_deleted(item):
    found = publish(item)
    for change in (
        lambda: ExecutiveNotice.objects.update(matter="Another"),
        lambda: ExecutiveNotice.objects.update(published_at=LATE),
        lambda: ExecutiveNotice.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="withdrawn, never changed"), transaction.atomic():
            change()
    actions.withdraw(notice=found, by=None, reason="It named the seller.")
    with pytest.raises(DatabaseError, match="withdrawn, never changed"), transaction.atomic():
        ExecutiveNotice.objects.update(withdrawn_because="")


def test_deleted_draft_of_a_meeting_leaves_its_notice(cabinet):
    meeting = MeetingFactory(board=cabinet, state="draft", starts_at=MEETS)
    found = ExecutiveNoticeFactory(
        item=None, board=cabinet, meeting=meeting, kind=Kind.PRIVATE, reasons="In confidence.", first_on=DAY
    )
    meetings.delete_draft(meeting=meeting, by=None)
    found.refresh_from_db()
    assert (found.meeting, found.first_on) == (None, DAY)


BROKEN = {
    "a key decision without its item": {"item": None, "first_on": DAY},
    "a private meeting with an item": {"kind": Kind.PRIVATE, "reasons": "In confidence."},
    "a last day before the first": {"first_on": DAY, "last_on": DAY - timedelta(days=1)},
    "no reasons": {"kind": Kind.KEY_SCRUTINY, "told": "Ann Lee", "told_on": DAY},
    "nobody told": {"kind": Kind.KEY_SCRUTINY, "reasons": "In haste."},
    "representations without an answer": {"representations": "Open it."},
    "withdrawn without a reason": {"withdrawn_at": LATE},
}


@pytest.mark.parametrize("facts", BROKEN.values(), ids=BROKEN)
def test_database_refuses_a_notice_that_lacks_what_the_law_asks(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExecutiveNoticeFactory(**({"board": ExecutiveFactory()} | facts))


def test_executive_is_a_council_body_in_the_database():
    with pytest.raises(IntegrityError, match="executive_is_a_council_body"), transaction.atomic():
        BoardFactory(regime="nhs", is_executive=True)

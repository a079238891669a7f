"""Items on a plan: placed, moved with their history, copied without, due before publication, never twice at a meeting."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item as items
from assemblies.forward_plan.models import ItemMove, PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import move as moves
from partnership.audit.models import Entry
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests.at_once import at_once
from tests.factories import (
    LONDON,
    BoardFactory,
    ExecutiveFactory,
    MeetingBoardFactory,
    MeetingFactory,
    ParkedTopicFactory,
    PlannedItemFactory,
    StaffFactory,
    TopicFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 8, 1, 9, tzinfo=LONDON)


@pytest.fixture
def board():
    return BoardFactory(kind=Board.Kind.STATUTORY, clear_days=5, day_kind="working", report_days=5)


@pytest.fixture
def meeting(board):
    return on(board, date(2026, 9, 14))


def on(board, day, **facts):
    start = datetime(day.year, day.month, day.day, 14, tzinfo=LONDON)
    return MeetingFactory(board=board, starts_at=start, **facts)


def plan(topic, board, meeting, **changes):
    facts = {"role": "decisive", "purpose": "decision", "now": NOW, "by": None}
    return items.plan(topic=topic, board=board, meeting=meeting, **(facts | changes))


def test_planning_a_parked_topic_takes_it_off_the_parked_ones(board, meeting):
    topic = ParkedTopicFactory(board=board)
    item = plan(topic, board, meeting)
    topic.refresh_from_db()
    assert (topic.parked_at, topic.parked_because) == (None, "")
    assert list(PlannedItem.objects.for_meeting(meeting)) == [item]


@pytest.mark.parametrize(
    ("report_days", "due"), [(5, date(2026, 8, 27)), (0, date(2026, 9, 4)), (10, date(2026, 8, 20))]
)
def test_report_is_due_working_days_before_publication(board, report_days, due):
    """Published by 4 September 2026 for 14 September; 31 August is a bank holiday."""
    board.report_days = report_days
    board.save()
    assert plan(TopicFactory(), board, on(board, date(2026, 9, 14))).report_due_on == due


def test_report_due_at_short_notice_is_due_today(board, meeting):
    now = datetime(2026, 9, 2, 9, tzinfo=LONDON)
    assert plan(TopicFactory(), board, meeting, now=now).report_due_on == date(2026, 9, 2)
    saturday = datetime(2026, 8, 29, 9, tzinfo=LONDON)  # Monday is a bank holiday
    assert plan(TopicFactory(), board, meeting, now=saturday).report_due_on == date(2026, 9, 1)
    late = datetime(2026, 9, 9, 9, tzinfo=LONDON)
    assert plan(TopicFactory(), board, meeting, now=late).report_due_on == date(2026, 8, 27)


def test_report_due_after_publication_is_refused_in_words(board, meeting):
    assert plan(TopicFactory(), board, meeting, report_due_on=date(2026, 9, 4)).report_due_on == date(2026, 9, 4)
    with pytest.raises(Refusal, match="published by Friday 4 September 2026") as refused:
        plan(TopicFactory(), board, meeting, report_due_on=date(2026, 9, 5))
    assert refused.value.field == "report_due_on"
    with pytest.raises(Refusal, match="cannot be due after that day"):
        items.change(item=plan(TopicFactory(), board, meeting), by=None, report_due_on=date(2026, 9, 5))


def test_item_without_report_or_meeting_has_no_due_date(board, meeting):
    assert plan(TopicFactory(), board, meeting, needs_report=False).report_due_on is None
    assert plan(TopicFactory(), board, None).report_due_on is None


def test_same_topic_twice_at_a_meeting_is_refused_in_words(board, meeting):
    item = plan(TopicFactory(), board, meeting)
    assert plan(item.topic, board, meeting) == item, "submitted twice"
    with pytest.raises(Refusal, match="planned for the meeting on 14 September 2026 already"):
        plan(item.topic, board, meeting, purpose="information")
    plan(item.topic, board, None)
    with pytest.raises(Refusal, match=f"waits for a meeting of the {board} already"):
        plan(item.topic, board, None, purpose="information")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedItemFactory(topic=item.topic, board=board, meeting=meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedItemFactory(topic=item.topic, board=board, meeting=None)


@pytest.mark.django_db(transaction=True)
def test_topic_planned_at_once_is_one_item():
    meeting = MeetingFactory()
    topic = TopicFactory(board=meeting.board)
    at_once(lambda: plan(topic, meeting.board, meeting, role="advisory", purpose="discussion", now=None))
    assert PlannedItem.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "purpose", "field"), [("decisive", "discussion", "role"), ("advisory", "decision", "purpose")]
)
def test_consultative_forum_does_not_decide(role, purpose, field):
    forum = BoardFactory(kind=Board.Kind.FORUM)
    with pytest.raises(Refusal, match="consultative forum") as refused:
        plan(TopicFactory(), forum, None, role=role, purpose=purpose)
    assert refused.value.field == field
    item = plan(TopicFactory(), forum, None, role="advisory", purpose="discussion")
    with pytest.raises(Refusal, match="consultative forum"):
        items.change(item=item, by=None, role=role, purpose=purpose)


def test_meeting_of_another_board_or_past_or_cancelled_is_refused(board, meeting):
    topic = TopicFactory()
    with pytest.raises(Refusal, match="no meeting of the"):
        plan(topic, BoardFactory(kind="statutory"), meeting)
    with pytest.raises(Refusal, match="has started"):
        plan(topic, board, meeting, now=meeting.starts_at)
    with pytest.raises(Refusal, match="is cancelled"):
        plan(topic, board, on(board, date(2026, 10, 1), state="cancelled"))


def test_closed_topic_is_not_planned(board, meeting):
    with pytest.raises(Refusal, match="closed"):
        plan(TopicFactory(closed_at=NOW), board, meeting)


def test_moved_item_keeps_its_history_and_what_the_board_said(board, meeting):
    item = plan(TopicFactory(), board, meeting, report_due_on=date(2026, 9, 1))
    items.say_result(item=item, by=None, result="Deferred", now=meeting.starts_at)
    later = on(board, date(2026, 10, 12))
    staff = StaffFactory()
    fact = items.move(item=item, by=staff, meeting=later, reason="The report was not ready", now=NOW)
    item.refresh_from_db()
    assert (fact.old_meeting, fact.new_meeting, fact.result, fact.reason) == (
        meeting, later, "Deferred", "The report was not ready",
    )  # fmt: skip
    assert (item.meeting, item.result, item.report_due_on) == (later, "", date(2026, 9, 25))
    assert items.move(item=item, by=staff, meeting=later, reason="The report was not ready", now=NOW) == fact
    back = items.move(item=item, by=staff, meeting=None, reason="Nobody knows when", now=NOW)
    item.refresh_from_db()
    assert (back.old_meeting, item.meeting, item.report_due_on) == (later, None, None)
    assert ItemMove.objects.count() == 2
    assert "planned_item.moved" in Entry.objects.about(item).values_list("verb", flat=True)


def test_moving_needs_a_reason_and_a_free_meeting(board, meeting):
    item = plan(TopicFactory(), board, meeting)
    later = on(board, date(2026, 10, 12))
    with pytest.raises(Refusal, match="Say why it moves"):
        items.move(item=item, by=None, meeting=later, reason=" ", now=NOW)
    plan(item.topic, board, later)
    with pytest.raises(Refusal, match="12 October 2026 already"):
        items.move(item=item, by=None, meeting=later, reason="Later", now=NOW)
    with pytest.raises(Refusal, match="no meeting of the"):
        items.move(item=item, by=None, meeting=MeetingFactory(), reason="Later", now=NOW)


def test_copy_starts_afresh(board, meeting):
    lead = UserFactory()
    item = plan(TopicFactory(), board, meeting, lead=lead)
    items.receive_report(item=item, by=None)
    later = on(board, date(2026, 10, 12))
    made = items.copy(item=item, by=None, meeting=later, now=NOW)
    assert items.copy(item=item, by=None, meeting=later, now=NOW) == made
    made.refresh_from_db()
    assert (made.copied_from, made.lead, made.role, made.purpose) == (item, lead, "decisive", "decision")
    assert (made.result, made.report_received_at, made.moves.count()) == ("", None, 0)
    assert made.report_due_on == date(2026, 9, 25)
    with pytest.raises(Refusal, match="already"):
        items.copy(item=item, by=None, meeting=meeting, now=NOW - timedelta(days=60))


def test_order_of_a_meeting_changes_one_place_at_a_time(board, meeting):
    first, second, third = (plan(TopicFactory(), board, meeting) for _ in range(3))
    items.shift(item=third, by=None, up=True)
    assert list(PlannedItem.objects.for_meeting(meeting)) == [first, third, second]
    items.shift(item=first, by=None, up=True)
    items.shift(item=first, by=None, up=False)
    assert list(PlannedItem.objects.for_meeting(meeting)) == [third, first, second]
    items.shift(item=plan(TopicFactory(), board, None), by=None, up=True)


def test_withdrawn_item_leaves_its_topic_parked(board, meeting):
    item = plan(TopicFactory(), board, meeting)
    other = plan(item.topic, board, None)
    with pytest.raises(Refusal, match="Say why"):
        items.withdraw(item=item, by=None, reason="")
    items.withdraw(item=item, by=None, reason="The law changed")
    item.topic.refresh_from_db()
    assert item.topic.parked_at is None, "it waits at the board"
    items.withdraw(item=other, by=None, reason="The law changed")
    items.withdraw(item=other, by=None, reason="Twice")
    item.topic.refresh_from_db()
    assert (item.topic.parked_because, item.topic.parked_at is None) == ("The law changed", False)
    with pytest.raises(Refusal, match="taken off the plan"):
        items.move(item=item, by=None, meeting=None, reason="Back")


def test_change_by_two_is_an_edit_conflict(board, meeting):
    item = plan(TopicFactory(), board, meeting)
    assert items.change(item=item, by=None, revision=0, purpose="decision").revision == 0
    items.change(item=item, by=StaffFactory(), revision=0, purpose="discussion")
    with pytest.raises(Stale):
        items.change(item=item, by=StaffFactory(), revision=0, purpose="information")


def test_result_is_said_once_the_board_has_met(board, meeting):
    item = plan(TopicFactory(), board, meeting)
    with pytest.raises(Refusal, match="has not met"):
        items.say_result(item=item, by=None, result="Agreed", now=NOW)
    assert items.say_result(item=item, by=None, result="Agreed ", now=meeting.starts_at).result == "Agreed"


def test_route_is_in_the_order_of_the_meetings(board, meeting):
    other = BoardFactory(kind="statutory")
    before = on(other, date(2026, 9, 3))
    topic = TopicFactory(board=board)
    waiting, decides, advises = (
        plan(topic, BoardFactory(kind="statutory"), None), plan(topic, board, meeting),
        plan(topic, other, before, role="advisory"),
    )  # fmt: skip
    assert list(topic.items.route()) == [advises, decides, waiting]


# --- what happens to the meeting ------------------------------------------------------------------------------------


def ahead(board, **facts):
    return MeetingFactory(board=board, **facts)


def test_cancelled_meeting_gives_its_items_back_to_the_plan(board):
    meeting = ahead(board)
    item = plan(TopicFactory(), board, meeting, now=None)
    again = plan(TopicFactory(), board, meeting, now=None)
    waits = plan(again.topic, board, None)
    meetings.cancel(meeting=meeting, by=StaffFactory(), reason="Snow")
    for each in (item, again, waits):
        each.refresh_from_db()
    assert (item.meeting, item.moves.get().reason) == (None, "The meeting was cancelled. Snow")
    assert (again.withdrawn_at is None, waits.withdrawn_at) == (False, None)


def test_deleted_draft_gives_its_items_back_to_the_plan(board):
    meeting = ahead(board, state=Meeting.State.DRAFT)
    item = plan(TopicFactory(), board, meeting, now=None)
    meetings.delete_draft(meeting=meeting, by=StaffFactory())
    item.refresh_from_db()
    assert (item.meeting, item.moves.get().old_meeting) == (None, None)


def test_meeting_with_another_host_gives_its_items_back_to_the_plan(board):
    meeting = ahead(board, state=Meeting.State.DRAFT)
    item = plan(TopicFactory(), board, meeting, now=None)
    meetings.edit(meeting=meeting, by=StaffFactory(), revision=0, board=BoardFactory())
    item.refresh_from_db()
    assert (item.meeting, item.board) == (None, board)


@pytest.mark.parametrize("state", ["draft", "published"])
def test_report_of_a_moved_meeting_is_due_before_its_new_day(board, state):
    meeting = ahead(board, starts_at=in_days(60), state=state)
    usual, own = plan(TopicFactory(), board, meeting, now=None), plan(TopicFactory(), board, meeting, now=None)
    items.change(item=own, by=None, report_due_on=timezone.localdate() + timedelta(days=5))
    new = {"starts_at": in_days(50), "ends_at": in_days(50, 12)}
    if state == "draft":
        meetings.edit(meeting=meeting, by=StaffFactory(), revision=0, **new)
    else:
        given = dict.fromkeys(["registration_opens_at", "registration_closes_at", "allocation_released_on"])
        moves.move(meeting=meeting, by=StaffFactory(), revision=0, reason="", **new, **given)
    usual.refresh_from_db()
    own.refresh_from_db()
    assert usual.report_due_on == board.report_due(timezone.localdate() + timedelta(days=50))
    assert own.report_due_on == timezone.localdate() + timedelta(days=5)


# --- meetings in common ---


@pytest.fixture
def in_common(meeting):
    """A board that meets in common with the host, whose rule gives an earlier day: Thursday 13 August 2026."""
    other = BoardFactory(name="Other board", kind="statutory", clear_days=20, day_kind="working", report_days=2)
    return MeetingBoardFactory(meeting=meeting, board=other).board


def test_board_plans_for_a_meeting_that_it_has_in_common(board, meeting, in_common):
    item = plan(TopicFactory(), in_common, meeting)
    assert (item.board, item.meeting) == (in_common, meeting)
    with pytest.raises(Refusal, match="no meeting of the"):
        plan(TopicFactory(), BoardFactory(kind="statutory"), meeting)


def test_reports_in_common_are_due_before_the_earliest_day(board, meeting, in_common):
    """20 working days before 14 September 2026, with the bank holiday of 31 August: published by 13 August."""
    assert plan(TopicFactory(), board, meeting).report_due_on == date(2026, 8, 6)
    assert plan(TopicFactory(), in_common, meeting).report_due_on == date(2026, 8, 11)
    with pytest.raises(Refusal, match="published by Thursday 13 August 2026"):
        plan(TopicFactory(), board, meeting, report_due_on=date(2026, 8, 14))


def test_topic_is_planned_once_for_each_board_of_a_meeting(board, meeting, in_common):
    topic = TopicFactory()
    for each in (board, in_common):
        plan(topic, each, meeting)
        with pytest.raises(Refusal, match="already"):
            plan(topic, each, meeting, purpose="information")
    assert PlannedItem.objects.for_meeting(meeting).count() == 2


def test_order_is_changed_among_the_items_of_one_board(board, meeting, in_common):
    first, theirs, second = (plan(TopicFactory(), each, meeting) for each in (board, in_common, board))
    items.shift(item=second, by=None, up=True)
    assert list(PlannedItem.objects.for_meeting(meeting)) == [second, theirs, first]
    items.shift(item=theirs, by=None, up=True)
    assert list(PlannedItem.objects.for_meeting(meeting)) == [second, theirs, first], "it is the only one of its board"


# --- council executives ---


def test_key_and_private_items_are_of_council_executives_alone(board, meeting):
    for mark in ("is_key", "in_private"):
        with pytest.raises(Refusal, match="not the executive of a council") as refused:
            plan(TopicFactory(), board, meeting, **{mark: True})
        assert refused.value.field == mark
    cabinet = ExecutiveFactory()
    item = plan(TopicFactory(), cabinet, None, is_key=True, in_private=True)
    assert (item.is_key, item.in_private) == (True, True)
    with pytest.raises(Refusal, match="A key decision is decided"):
        plan(TopicFactory(), cabinet, None, is_key=True, role="advisory")
    with pytest.raises(Refusal, match="A key decision is decided"):
        items.change(item=item, by=None, purpose="discussion")
    copied = items.copy(item=item, by=None, meeting=on(cabinet, date(2026, 11, 2)), now=NOW)
    assert (copied.is_key, copied.in_private) == (True, True)

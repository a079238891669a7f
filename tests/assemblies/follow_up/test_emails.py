"""Owners are told what they took on, and reminded of it."""

from datetime import date, datetime, timedelta

import pytest

from assemblies.follow_up.actions import follow_up as actions
from assemblies.follow_up.actions import reminder
from assemblies.follow_up.models import FollowUp
from partnership.outbox.models import Message
from tests import factories as make
from tests.factories import LONDON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 9, 14, 14, tzinfo=LONDON)
DUE = date(2026, 10, 14)


@pytest.fixture
def meeting():
    return make.MeetingFactory(title="Board meeting", starts_at=datetime(2026, 9, 14, 12, 30, tzinfo=LONDON))


def assign(meeting=None, now=NOW, **other):
    facts = {"board": meeting.board if meeting else make.BoardFactory(), "text": "Write to all", "due_on": DUE}
    return actions.assign(
        by=make.UserFactory(), meeting=meeting, now=now, **facts | {"owner": make.UserFactory()} | other
    )


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def test_owner_of_a_single_action_is_told_at_once():
    row = assign(text="Call the landlord")
    message = Message.objects.get()
    assert message.to_email == row.owner.email
    assert "Call the landlord" in message.text
    assert row.get_absolute_url() in message.text


def test_who_takes_it_on_themselves_gets_no_email():
    user = make.UserFactory()
    actions.assign(by=user, board=make.BoardFactory(), text="Own thing", owner=user, due_on=DUE, now=NOW)
    assert not Message.objects.exists()


def test_owner_gets_one_email_of_a_meeting_when_it_has_ended(meeting):
    owner, other = make.UserFactory(), make.UserFactory()
    rows = [assign(meeting, owner=owner, text=f"Thing {n}") for n in (1, 2)]
    assign(meeting, owner=other, text="Thing 3")
    assert not Message.objects.exists()
    assert reminder.tell_owners(meeting=meeting, by=None) == 2
    assert reminder.tell_owners(meeting=meeting, by=None) == 0
    message = Message.objects.get(to_email=owner.email)
    assert "Your 2 actions from Board meeting" in message.subject
    for row in rows:
        assert row.text in message.text
        assert row.get_absolute_url() in message.text
    assert "Thing 3" not in message.text


def test_one_action_is_not_counted(meeting):
    assign(meeting)
    reminder.tell_owners(meeting=meeting, by=None)
    assert Message.objects.get().subject == "Your action from Board meeting"


def test_action_entered_after_owners_were_told_is_told_at_once(meeting):
    assign(meeting)
    reminder.tell_owners(meeting=meeting, by=None)
    late = assign(meeting, text="Forgotten thing", owner=FollowUp.objects.get().owner)
    assert "Forgotten thing" in Message.objects.filter(to_email=late.owner.email).latest("pk").text
    assert reminder.tell_owners(meeting=meeting, by=None) == 0


def test_meeting_that_nobody_ended_tells_its_owners_after_a_day(meeting):
    assign(meeting)
    assert reminder.tell_late(meeting.ends_at + timedelta(hours=23)) == 0
    assert reminder.tell_late(meeting.ends_at + timedelta(hours=25)) == 1
    assert reminder.tell_late(meeting.ends_at + timedelta(hours=26)) == 0


def test_action_dropped_before_owners_are_told_is_not_told(meeting):
    row = assign(meeting)
    actions.drop(follow_up=row, by=row.owner, because="It was entered in error")
    assert reminder.tell_owners(meeting=meeting, by=None) == 0


def test_owner_is_reminded_a_week_before_on_the_day_and_weekly():
    row = assign()
    Message.objects.all().delete()
    days = {
        day for day in range(-20, 30) if reminder.remind(at(DUE + day * DAY)) + reminder.remind(at(DUE + day * DAY, 15))
    }
    assert days == {-7, 0, 7, 14, 21, 28}
    soon, due, late, *_ = Message.objects.order_by("pk")
    assert soon.subject == due.subject == "Due Wednesday 14 October 2026: an action of yours"
    assert "1 action of yours is late" in late.subject
    assert row.get_absolute_url() in late.text


def test_reminder_that_was_missed_is_caught_up():
    assign()
    assert reminder.remind(at(DUE - 5 * DAY)) == 1
    assert reminder.remind(at(DUE + 2 * DAY)) == 1


def test_all_that_is_due_is_in_one_email():
    owner = make.UserFactory()
    for day in (DUE, DUE - 3 * DAY):
        assign(owner=owner, due_on=day)
    Message.objects.all().delete()
    assert reminder.remind(at(DUE)) == 1
    assert Message.objects.get().text.count("Write to all") == 2


def test_nobody_is_reminded_of_what_is_closed_or_postponed():
    done, later, gone = assign(), assign(), assign()
    actions.complete(follow_up=done, by=done.owner, evidence="The letter went out")
    actions.postpone(follow_up=later, by=later.owner, due_on=DUE + 60 * DAY, because="They need more time", now=NOW)
    FollowUp.objects.filter(pk=gone.pk).update(owner=make.UserFactory(is_active=False))
    assert reminder.remind(at(DUE)) == 0
    assert reminder.remind(at(DUE + 60 * DAY)) == 1


def test_action_due_within_days_is_not_reminded_of_at_once():
    assign(due_on=NOW.date() + 3 * DAY)
    assert reminder.remind(NOW + timedelta(hours=1)) == 0
    assert reminder.remind(NOW + 3 * DAY) == 1


def test_both_are_told_when_it_is_handed_on():
    row, to, by = assign(), make.UserFactory(), make.UserFactory()
    Message.objects.all().delete()
    actions.hand_on(follow_up=row, by=by, to=to, because="She knows the matter")
    assert {message.to_email for message in Message.objects.all()} == {to.email, row.owner.email}
    assert all("She knows the matter" in message.text for message in Message.objects.all())


def test_all_that_is_handed_on_together_is_one_email():
    owner, to = make.UserFactory(is_active=False), make.UserFactory()
    rows = make.FollowUpFactory.create_batch(3, owner=owner)
    actions.hand_on_all(follow_ups=rows, by=make.UserFactory(), to=to, because="He has left us")
    message = Message.objects.get()
    assert message.to_email == to.email
    assert "3 actions were handed on to you" in message.subject


def test_owner_is_told_that_it_is_open_again():
    row = make.DoneFollowUpFactory()
    actions.reopen(follow_up=row, by=make.UserFactory(), because="Two letters came back")
    assert Message.objects.get().subject.startswith("Opened again")

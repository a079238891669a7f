"""Who is told of what happens to a blocker, and who is reminded of one that is quiet."""

from datetime import datetime, timedelta

import pytest

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.actions import escalation, reminder
from assemblies.blockers.models import Blocker
from partnership.outbox.models import Message
from tests import factories as make
from tests.factories import LONDON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 9, 15, 10, tzinfo=LONDON)
WHY = "Her team pays for half of it"


def told() -> dict[str, str]:
    """The subject that each address got."""
    return {message.to_email: message.subject for message in Message.objects.all()}


def test_who_raised_it_is_told_who_takes_it_on():
    row, by = make.BlockerFactory(title="Two budgets"), make.MembershipFactory(user__name="Ann Ode").user
    actions.take_on(blocker=row, by=by)
    assert told() == {row.raised_by.email: "Owned by Ann Ode: Two budgets"}
    assert row.get_absolute_url() in Message.objects.get().text


def test_who_is_asked_is_told_and_who_asked_hears_that_it_came_back():
    row, staff, to = make.BlockerFactory(title="Two budgets"), make.StaffFactory(), make.MembershipFactory().user
    actions.ask(blocker=row, by=staff, to=to, words="You know both budgets")
    assert told()[to.email] == "You are asked to own a blocker: Two budgets"
    assert "You know both budgets" in Message.objects.get(to_email=to.email).text
    Message.objects.all().delete()
    actions.hand_back(blocker=row, by=to, words="I know neither of them")
    assert set(told()) == {row.raised_by.email, staff.email}


def test_who_raised_it_and_is_asked_or_chairs_its_board_gets_one_email():
    chair, staff = make.ChairFactory(), make.StaffFactory()
    row = make.BlockerFactory(raised_by=chair.holder)
    asked = actions.ask(blocker=row, by=staff, to=chair.holder)
    assert Message.objects.count() == 1
    words = "Agree who pays for the visit"
    escalation.escalate(blocker=asked, by=staff, board=chair.seat.board, title="Who pays for visits", words=words)
    assert Message.objects.count() == 2


def test_both_are_told_when_it_is_handed_on():
    row, to = make.OwnedBlockerFactory(), make.MembershipFactory().user
    actions.hand_on(blocker=row, by=make.StaffFactory(), to=to, words=WHY)
    assert set(told()) == {to.email, row.owner.email}
    assert all(WHY in message.text for message in Message.objects.all())


def test_chair_is_told_what_comes_to_the_board_and_what_needs_it_no_more():
    row, chair = make.OwnedBlockerFactory(), make.ChairFactory()
    words = "Agree who pays for the visit"
    escalation.escalate(blocker=row, by=row.owner, board=chair.seat.board, title="Who pays for visits", words=words)
    message = Message.objects.get(to_email=chair.holder.email)
    assert message.subject == f"For the {chair.seat.board}: Who pays for visits"
    assert words in message.text
    assert set(told()) == {chair.holder.email, row.raised_by.email}
    Message.objects.all().delete()
    actions.withdraw(blocker=row, by=row.raised_by, words="It went away by itself")
    assert set(told()) == {chair.holder.email, row.owner.email}


def test_who_raised_it_is_told_that_it_is_resolved():
    row = make.OwnedBlockerFactory(title="Two budgets")
    actions.resolve(blocker=row, by=row.owner, words="Both pay into one pot")
    assert told() == {row.raised_by.email: "Resolved: Two budgets"}
    assert "Both pay into one pot" in Message.objects.get().text


def test_who_takes_part_no_more_is_told_nothing():
    row = make.OwnedBlockerFactory(raised_by=make.UserFactory())
    actions.resolve(blocker=row, by=row.owner, words="Both pay into one pot")
    assert told() == {}


def test_owner_is_reminded_after_thirty_quiet_days_and_again_after_thirty():
    row = make.OwnedBlockerFactory(moved_at=NOW, title="Two budgets")
    days = {day for day in range(100) if reminder.remind(NOW + day * DAY) + reminder.remind(NOW + day * DAY)}
    assert days == {30, 60, 90}
    message = Message.objects.earliest("pk")
    assert (message.to_email, message.subject) == (row.owner.email, "How far is a blocker of yours?")
    assert "Nobody has said for 30 days" in message.text


def test_all_that_is_quiet_is_in_one_email_and_a_note_counts():
    row = make.OwnedBlockerFactory(moved_at=NOW)
    make.OwnedBlockerFactory(moved_at=NOW, owner=row.owner)
    assert reminder.remind(NOW + 30 * DAY) == 1
    assert "How far are 2 blockers of yours?" in Message.objects.get().subject
    actions.note(blocker=row, by=row.owner, words="Half of them answered", now=NOW + 31 * DAY)
    assert reminder.remind(NOW + 61 * DAY) == 1
    assert Blocker.objects.filter(reminded="quiet 1").count() == 1


def test_nobody_is_reminded_of_what_a_board_has_or_what_has_ended():
    make.EscalatedBlockerFactory(moved_at=NOW)
    make.ResolvedBlockerFactory(moved_at=NOW)
    make.OwnedBlockerFactory(moved_at=NOW, owner=make.UserFactory())
    assert reminder.remind(NOW + 90 * DAY) == 0

"""An invitation that a server took and sent back later shows as bounced wherever one refused at once does."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.invitations.actions import invitation_run
from assemblies.invitations.delivery import progress
from assemblies.invitations.models import Invitation
from assemblies.invitations.standing import status_of
from assemblies.organising.actions import reminders
from assemblies.organising.models import ReminderRule
from assemblies.registrations.recipients import of
from partnership.outbox.actions import come_back, deliver
from partnership.outbox.models import Message
from tests.assemblies.invitations.inviting import chase, listed, send, told, two_days_pass
from tests.factories import MeetingFactory, ReminderRuleFactory, StaffFactory
from tests.mailbox import report
from tests.pages import address, words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(title="September assembly")


@pytest.fixture
def staff():
    return StaffFactory()


@pytest.fixture
def run(meeting, staff, returns, smtp):
    """Ann and Bob are invited; both emails were taken, and Bob's came back."""
    listed(meeting, "Ann", "Bob")
    run = send(meeting, staff)
    deliver.deliver()
    mail = bob().message
    returns.put(report(mail.message_id, mail.to_email, reason="smtp; 550 5.1.1 No such person here"))
    assert bob().standing == "delivered"
    assert come_back.look() == 1
    return run


def bob() -> Invitation:
    return Invitation.objects.with_standing().get(email="bob@example.org")


def test_invitation_that_came_back_shows_as_bounced_with_its_time(run, meeting, staff):
    office = sign_in(Client(), staff)
    assert bob().standing == "bounced"
    assert list(Invitation.objects.bounced()) == [bob()]
    assert status_of(bob().meeting_id, [bob().email])[bob().email] == ("Could not be delivered", "red")

    day = timezone.localtime(bob().message.failed_at).day
    everybody = words(office.get(address("manage_invitations", meeting)))
    one = words(office.get(address("manage_invitation", meeting, bob().pk)))
    for page in (everybody, one):
        assert "It came back after it was sent: “5.1.1 No such person here”" in page
    assert f"Sent {day} " in everybody
    assert f"Bounced {day} " in everybody
    assert "Correct the address" in everybody
    assert f"bounced {day} " in words(office.get("/outbox/"))
    assert ">Bounced</dt>" in words(office.get(f"/outbox/{bob().message.pk}/"))


def test_run_of_an_invitation_that_came_back_counts_it_as_failed(run):
    run.refresh_from_db()
    now = progress(run)
    assert (now.sent, now.failed, now.done) == (1, 1, True)


def test_staff_are_asked_to_fix_the_address(run, meeting, staff):
    assert told(staff) == {"Fix 1 address that bounced": f"/meetings/{meeting.slug}/manage/invitations/"}


def test_nobody_whose_invitation_came_back_is_asked_again(run, meeting, staff):
    rule = ReminderRuleFactory(meeting=meeting, audience=ReminderRule.Audience.UNANSWERED)
    assert [person.email for person in reminders.recipients(rule)] == ["ann@example.org"]
    assert [person.email for person in of(meeting)] == ["ann@example.org"]
    two_days_pass(meeting)
    people = invitation_run.people_to_chase(meeting, timezone.now())
    assert [person.email for person in people] == ["ann@example.org"]
    assert chase(meeting, staff).total == 1


@pytest.mark.parametrize("failure", ["policy", "later", "other"])
def test_address_that_may_be_right_stays_usable(run, meeting, staff, failure):
    Message.objects.filter(pk=bob().message_id).update(failure=failure)
    assert (bob().standing, told(staff)) == ("refused", {})
    rule = ReminderRuleFactory(meeting=meeting, audience=ReminderRule.Audience.UNANSWERED)
    two_days_pass(meeting)
    people = invitation_run.people_to_chase(meeting, timezone.now())
    for found in (reminders.recipients(rule), people):
        assert sorted(person.email for person in found) == ["ann@example.org", "bob@example.org"]
    page = words(sign_in(Client(), staff).get(address("manage_invitation", meeting, bob().pk)))
    assert "Why it was refused" in page
    assert not re.search(r"\b550\b", page.split("Why it was refused")[0])


def test_outbox_says_whether_mail_that_comes_back_is_noticed(staff, returns, settings, smtp):
    office, at = sign_in(Client(), staff), "/outbox/"
    assert "last on" not in words(office.get(at))  # nobody has looked yet
    come_back.look()
    assert "check for bounced emails every two minutes, last on" in words(office.get(at))
    url = returns.url
    returns.remove()
    come_back.look()
    page = words(office.get(at))
    assert "We cannot read the mailbox for bounced emails" in page
    assert "We last read it on" in page
    settings.MAILBOX_URL = ""
    assert "it has no mailbox for bounced emails" in words(office.get(at))
    assert url not in page

"""DOMAIN: what other portals got wrong about invitations and reminders, each a test by that name.

A mistyped address on a waiting list, no way to leave it, and an offer after the meeting began are in
test_registration.py and test_offers.py.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from assemblies.invitations.actions import invitation_run
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import move as moving
from assemblies.organising.actions import reminder_rule, reminders
from assemblies.organising.models import ReminderRun
from assemblies.registrations.actions import cancellation, invitation, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.invitations.inviting import listed
from tests.factories import InvitationFactory, MeetingFactory, RegistrationFactory, ReminderRuleFactory, StaffFactory

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def meeting():
    return MeetingFactory(
        title="September assembly",
        published_at=timezone.now() - DAY,
        format="hybrid",
        venue_name="Town hall",
        joining_link="https://meet.example.org/secret",
    )


def remind(meeting, before=DAY):
    """The reminders that would leave that long before the meeting starts."""
    reminders.run_due(meeting.starts_at - before)
    return Message.objects.filter(key__startswith="reminder:")


def open_mail():
    return Message.objects.open().filter(key__startswith="reminder:")


def test_reminders_to_people_who_declined(meeting, smtp):
    ReminderRuleFactory(meeting=meeting)
    ReminderRuleFactory(meeting=meeting, anchor="closing", audience="unanswered")
    invited = InvitationFactory(meeting=meeting)
    details = RegistrationDetails(email=invited.email, name=invited.name)
    registration.register(meeting=meeting, details=details, source="invitation", invitation=invited)
    RegistrationFactory(meeting=meeting, state="cancelled", place_number=None)
    invitation.decline(invitation=invited)
    assert not remind(meeting)


def test_reminder_to_someone_who_declines_while_it_waits_to_leave(meeting, smtp):
    ReminderRuleFactory(meeting=meeting)
    guest = RegistrationFactory(meeting=meeting)
    assert remind(meeting).count() == 1
    cancellation.cancel(registration=guest)
    deliver.deliver()
    assert not [mail for mail in smtp.to(guest.email) if "Nearly here" in mail.subject]


def test_reminders_to_people_on_the_waiting_list(meeting):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting, state="waiting", place_number=None, queued_at=timezone.now())
    RegistrationFactory(meeting=meeting, state="offered", offered_until=meeting.starts_at)
    RegistrationFactory(meeting=meeting, state="held", confirm_by=meeting.starts_at, confirmed_at=None)
    assert not remind(meeting)


def test_reminders_for_a_meeting_that_moved(meeting):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    old = meeting.starts_at
    assert remind(meeting).count() == 1
    later = old + 7 * DAY
    moving.move(
        meeting=meeting,
        by=StaffFactory(),
        revision=meeting.revision,
        starts_at=later,
        ends_at=later + HOUR,
        reason="Snow",
        registration_opens_at=None,
        registration_closes_at=None,
        allocation_released_on=None,
    )
    assert not open_mail().exists()
    assert reminders.run_due(old - DAY + MINUTE) == 0
    assert reminders.run_due(later - DAY) == 1
    assert f"{timezone.localtime(later).day} {later:%B}" in open_mail().get().text


def test_reminders_for_a_meeting_that_was_cancelled(meeting):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    assert remind(meeting).count() == 1
    meetings.cancel(meeting=meeting, by=StaffFactory(), reason="Snow")
    assert not open_mail().exists()
    ReminderRuleFactory(meeting=meeting, minutes=60)
    assert reminders.run_due(meeting.starts_at - HOUR) == 0


def test_two_reminders(meeting):
    reminder_rule.set_default_rules(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    for minute in range(5):
        reminders.run_due(meeting.starts_at - DAY + minute * MINUTE)
    assert Message.objects.count() == 1


def test_two_invitations_to_one_person_on_many_lists(meeting):
    for _ in range(3):
        listed(meeting, "Ann")
    invitation_run.invite(meeting=meeting, by=StaffFactory(), key=uuid4())
    invitation_run.resume()
    assert Message.objects.get().to_email == "ann@example.org"


def test_none_because_one_run_was_missed(meeting):
    ReminderRuleFactory(meeting=meeting)
    guest = RegistrationFactory(meeting=meeting)
    assert remind(meeting, before=DAY - 3 * HOUR).get().to_email == guest.email
    assert not ReminderRun.objects.get().skipped


def test_late_reminder_that_no_longer_makes_sense(meeting):
    ReminderRuleFactory(meeting=meeting, minutes=60)
    RegistrationFactory(meeting=meeting)
    assert not remind(meeting, before=-HOUR)
    assert "too late" in ReminderRun.objects.get().skipped


def test_reminder_held_up_until_the_meeting_began_does_not_leave(meeting, smtp):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    message = remind(meeting).get()
    assert message.not_after == meeting.starts_at
    Message.objects.filter(pk=message.pk).update(not_after=timezone.now() - MINUTE)
    deliver.deliver()
    assert not smtp.messages


@pytest.mark.parametrize("form", ["online", "in_person", "hybrid"])
def test_message_without_date_time_place_and_joining_link(meeting, form):
    Meeting.objects.update(format=form)
    meeting.refresh_from_db()
    ReminderRuleFactory(meeting=meeting, text="Hello.", subject="Hello")
    RegistrationFactory(meeting=meeting)
    listed(meeting, "Ann")
    invitation_run.invite(meeting=meeting, by=StaffFactory(), key=uuid4())
    invitation_run.resume()
    reminder, invited = remind(meeting).get(), Message.objects.get(to_email="ann@example.org")
    for words in (reminder.text, reminder.html, invited.text, invited.html):
        assert f"{timezone.localtime(meeting.starts_at).day} {meeting.starts_at:%B %Y}, 9.30am to 12.30pm" in words
        assert ("Town hall" in words) == (form != "online")
        assert bool(re.search(r"\bonline\b", words, re.IGNORECASE)) == (form != "in_person")
    for words in (reminder.text, reminder.html, reminder.calendar.replace("\r\n ", "")):
        assert ("https://meet.example.org/secret" in words) == (form != "in_person")


def test_joining_link_sent_to_someone_without_a_place(meeting):
    for anchor, audience in (("closing", "unanswered"), ("start", "unanswered")):
        ReminderRuleFactory(meeting=meeting, anchor=anchor, audience=audience)
    InvitationFactory(meeting=meeting)
    for message in remind(meeting):
        assert "meet.example.org" not in message.text + message.html + message.calendar.replace("\r\n ", "")
    assert remind(meeting).count() == 2


def test_mail_about_an_unpublished_meeting(meeting):
    Meeting.objects.update(state="draft", published_at=None)
    meeting.refresh_from_db()
    reminder_rule.set_default_rules(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    InvitationFactory(meeting=meeting)
    listed(meeting, "Ann")
    with pytest.raises(Refusal, match="not published"):
        invitation_run.invite(meeting=meeting, by=StaffFactory(), key=uuid4())
    for days in reversed(range(10)):
        reminders.run_due(meeting.starts_at - days * DAY)
    assert not Message.objects.exists()


def test_calendar_entries_with_no_link_back(meeting):
    ReminderRuleFactory(meeting=meeting)
    guest = RegistrationFactory(meeting=meeting)
    event = Calendar.from_ical(remind(meeting).get().calendar).events[0]
    assert str(event["URL"]).endswith(f"/r/{guest.key}/")
    assert f"/r/{guest.key}/" in event["DESCRIPTION"]


def test_thirty_reminded_when_five_attend(meeting):
    ReminderRuleFactory(meeting=meeting)
    coming = RegistrationFactory.create_batch(5, meeting=meeting)
    RegistrationFactory.create_batch(10, meeting=meeting, state="cancelled", place_number=None)
    InvitationFactory.create_batch(15, meeting=meeting)
    reminded = set(remind(meeting).values_list("to_email", flat=True))
    assert reminded == {guest.email for guest in coming}


def test_thanks_to_people_who_did_not_come(meeting):
    ReminderRuleFactory(meeting=meeting, anchor="end", audience="attended", minutes=60)
    came, absent = RegistrationFactory(meeting=meeting, state="attended"), RegistrationFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting, attendance="in_person")  # nobody saw them on the day
    online = RegistrationFactory(meeting=meeting)  # where nobody is checked in
    Registration.objects.filter(pk=absent.pk).update(state="absent")
    Meeting.objects.update(state="held")
    reminders.run_due(meeting.ends_at + HOUR)
    assert set(Message.objects.values_list("to_email", flat=True)) == {came.email, online.email}

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar

from assemblies.invitations import delivery
from assemblies.invitations.actions import invitation_run
from assemblies.invitations.models import Invitation, InvitationRun
from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration
from partnership import leasing
from partnership.audit.models import Entry
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.invitations.inviting import chase, listed, send
from tests.factories import (
    InvitationFactory,
    ListEntryFactory,
    MeetingFactory,
    MessageFactory,
    RegistrationFactory,
    StaffFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(
        title="September assembly",
        joining_link="https://meet.example.org/secret",
        letter="Do come.",
        letter_from="Alan",
    )


@pytest.fixture
def staff():
    return StaffFactory()


def test_invite_writes_one_mail_to_each_person_on_signed_off_lists(meeting, staff):
    listed(meeting, "Ann", "Bob")
    listed(meeting, "Cyd", state=InvitationList.State.OPEN)
    run = send(meeting, staff)
    assert sorted(Message.objects.values_list("to_email", flat=True)) == ["ann@example.org", "bob@example.org"]
    assert (run.total, run.queued, run.finished_at is not None) == (2, 2, True)
    assert Entry.objects.get(verb="invitations.sent").details["people"] == 2


def test_person_on_several_lists_is_invited_once_for_the_first(meeting, staff):
    first = listed(meeting, "Ann")[0]
    listed(meeting, "Ann")
    listed(meeting, "Ann")
    send(meeting, staff)
    assert Invitation.objects.get().place == first.list.place
    assert Message.objects.count() == 1


def test_later_additions_are_invited_alone(meeting, staff):
    entries = listed(meeting, "Ann")
    send(meeting, staff)
    ListEntryFactory(list=entries[0].list, email="new@example.org")
    run = send(meeting, staff)
    assert run.total == 1
    assert Message.objects.filter(to_email="ann@example.org").count() == 1
    assert Message.objects.filter(to_email="new@example.org").count() == 1


def test_double_click_starts_one_run(meeting, staff):
    listed(meeting, "Ann")
    key = uuid4()
    first = invitation_run.invite(meeting=meeting, by=staff, key=key)
    assert invitation_run.invite(meeting=meeting, by=staff, key=key) == first
    invitation_run.resume()
    assert Message.objects.count() == 1


def test_nobody_left_is_refused(meeting, staff):
    listed(meeting, "Ann")
    send(meeting, staff)
    with pytest.raises(Refusal, match="already been invited"):
        send(meeting, staff)


def test_someone_who_has_registered_is_not_invited(meeting, staff):
    listed(meeting, "Ann", "Bob")
    RegistrationFactory(meeting=meeting, email="ann@example.org")
    assert send(meeting, staff).total == 1
    assert Message.objects.get().to_email == "bob@example.org"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": Meeting.State.DRAFT}, "not published"),
        ({"state": Meeting.State.CANCELLED}, "cancelled"),
        ({"starts_at": timezone.now() - timedelta(minutes=1)}, "already started"),
        ({"registration_closes_at": timezone.now() - timedelta(minutes=1)}, "Registration closed"),
    ],
)
def test_nobody_is_invited_to_a_meeting_that_takes_no_answers(staff, fields, words):
    meeting = MeetingFactory(**fields)
    listed(meeting, "Ann")
    with pytest.raises(Refusal, match=words):
        send(meeting, staff)
    assert not Invitation.objects.exists()


def test_meeting_cancelled_while_queueing_stops_the_rest(meeting, staff, settings):
    settings.INVITATIONS_AT_ONCE = 1
    listed(meeting, "Ann", "Bob")
    run = invitation_run.invite(meeting=meeting, by=staff, key=uuid4())
    invitation_run._queue_some(run.pk)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    invitation_run.resume(timezone.now() + timedelta(seconds=61))
    assert Message.objects.get().state == Message.State.WITHDRAWN
    run.refresh_from_db()
    assert run.finished_at
    assert Invitation.objects.count() == 1


def test_another_worker_continues_and_nobody_is_invited_twice(meeting, staff, settings):
    settings.INVITATIONS_AT_ONCE = 2
    listed(meeting, "Ann", "Bob", "Cyd", "Dan", "Eve")
    run = invitation_run.invite(meeting=meeting, by=staff, key=uuid4())
    leasing.take(InvitationRun.objects, timezone.now())
    invitation_run._queue_some(run.pk)  # and here it was killed
    assert invitation_run.resume() == 0
    assert invitation_run.resume(timezone.now() + timedelta(seconds=61)) == 3
    assert Message.objects.count() == 5
    run.refresh_from_db()
    assert (run.queued, run.lease_until) == (5, None)


def test_chunk_that_fails_half_way_leaves_nothing_behind(meeting, staff):
    listed(meeting, "Ann")
    run = invitation_run.invite(meeting=meeting, by=staff, key=uuid4())
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - what is undone is the point
        invitation_run._queue_some(run.pk)
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert invitation_run.resume() == 1


def test_address_no_envelope_could_carry_does_not_hold_up_the_others(meeting, staff):
    entries = listed(meeting, "Ann", "Bob")
    type(entries[0]).objects.filter(pk=entries[0].pk).update(email="ann at example.org")
    run = send(meeting, staff)
    assert Message.objects.get().to_email == "bob@example.org"
    assert run.finished_at
    assert Invitation.objects.get(name="Ann").message is None


def test_invitation_has_date_letter_calendar_and_no_joining_link(meeting, staff, smtp):
    listed(meeting, "Ann")
    send(meeting, staff)
    deliver.deliver()
    mail, invitation = smtp.to("ann@example.org")[0], Invitation.objects.get()
    for words in (mail.text, mail.html):
        assert "September assembly" in words
        assert "9.30am to 12.30pm" in words
        assert f"/i/{invitation.key}/" in words
        assert f"/i/{invitation.key}/decline/" in words
        assert "Do come." in words
        assert meeting.get_absolute_url() in words
        assert "meet.example.org" not in words
    event = Calendar.from_ical(mail.calendar).events[0]
    assert event["ATTENDEE"] == "mailto:ann@example.org"
    assert str(event["URL"]).endswith(f"/i/{invitation.key}/")
    assert "meet.example.org" not in mail.calendar


def test_invitation_to_a_closed_meeting_links_only_to_pages_they_see(meeting, staff):
    meeting.by_invitation = True
    meeting.save()
    listed(meeting, "Ann")
    send(meeting, staff)
    message = Message.objects.get()
    assert meeting.get_absolute_url() not in message.text + message.html


def test_name_with_markup_is_text_in_the_html(meeting, staff):
    entry = listed(meeting, "Ann")[0]
    type(entry).objects.filter(pk=entry.pk).update(name="<b>Ann</b> & co")
    send(meeting, staff)
    message = Message.objects.get()
    assert "Dear &lt;b&gt;Ann&lt;/b&gt; &amp; co," in message.html
    assert "Dear <b>Ann</b> & co," in message.text


def test_invitations_expire_when_registration_closes(meeting, staff):
    meeting.registration_closes_at = meeting.starts_at - timedelta(days=2)
    meeting.save()
    listed(meeting, "Ann")
    send(meeting, staff)
    assert Message.objects.get().not_after == meeting.registration_closes_at


# --- chasing


def invited(meeting, **fields):
    """Somebody who was invited two days ago."""
    return InvitationFactory(meeting=meeting, message=MessageFactory(), **({"sent_at": in_days(-2)} | fields))


def test_chase_asks_only_those_who_have_not_answered(meeting, staff):
    now = timezone.now()
    silent = invited(meeting)
    invited(meeting, accepted_at=now)
    invited(meeting, declined_at=now)
    RegistrationFactory(
        meeting=meeting, email=invited(meeting).email, state=Registration.State.CANCELLED, place_number=None
    )
    bounced = invited(meeting)
    Message.objects.filter(pk=bounced.message_id).update(
        state="failed", sent_at=None, failed_at=now, last_error="550 Nobody"
    )
    assert chase(meeting, staff).total == 1
    assert Message.objects.get(key__contains=":chase:").to_email == silent.email
    silent.refresh_from_db()
    assert silent.chased_at


def test_chase_skips_people_asked_within_a_day_unless_told(meeting, staff):
    invited(meeting, chased_at=timezone.now() - timedelta(hours=23))
    with pytest.raises(Refusal, match="nobody to ask"):
        chase(meeting, staff)
    assert chase(meeting, staff, again=True).queued == 1
    invited(meeting, chased_at=timezone.now() - timedelta(hours=25))
    assert chase(meeting, staff).queued == 1


def test_person_who_answers_before_their_turn_is_not_asked(meeting, staff):
    first, second = invited(meeting), invited(meeting)
    run = invitation_run.chase(meeting=meeting, by=staff, key=uuid4())
    Invitation.objects.filter(pk=first.pk).update(declined_at=timezone.now())
    invitation_run.resume()
    assert Message.objects.get(key__contains=":chase:").to_email == second.email
    run.refresh_from_db()
    assert run.finished_at


def test_chase_submitted_twice_asks_once(meeting, staff):
    invited(meeting)
    key = uuid4()
    for _ in range(2):
        invitation_run.chase(meeting=meeting, by=staff, key=key)
        invitation_run.resume()
    assert Message.objects.filter(key__contains=":chase:").count() == 1
    assert InvitationRun.objects.count() == 1


# --- cancelled and moved


def test_cancelled_meeting_takes_back_what_has_not_left(meeting, staff):
    listed(meeting, "Ann")
    send(meeting, staff)
    assert invitation_run.stop(meeting=meeting) == 1
    assert Message.objects.get().state == Message.State.WITHDRAWN


def test_moved_meeting_rewrites_invitations_that_have_not_left(meeting, staff, smtp):
    listed(meeting, "Ann", "Bob")
    send(meeting, staff)
    ann = Message.objects.get(to_email="ann@example.org")
    Message.objects.filter(pk=ann.pk).update(state="sent", sent_at=timezone.now())
    meeting.starts_at += timedelta(hours=4)
    meeting.ends_at += timedelta(hours=4)
    meeting.sequence += 1
    meeting.save()
    assert invitation_run.meeting_moved(meeting=meeting) == 1
    invitation_run.resume()
    deliver.deliver()
    assert [mail.to for mail in smtp.messages] == [["bob@example.org"]]
    assert "1.30pm to 4.30pm" in smtp.messages[0].text
    assert "SEQUENCE:1" in smtp.messages[0].calendar


def move_by_four_hours(meeting):
    meeting.starts_at += timedelta(hours=4)
    meeting.ends_at += timedelta(hours=4)
    meeting.sequence += 1
    meeting.save()
    return invitation_run.meeting_moved(meeting=meeting)


def test_moved_meeting_rewrites_chasers_that_have_not_left_once(meeting, staff, smtp):
    asked, gone, answers = invited(meeting), invited(meeting), invited(meeting)
    run = chase(meeting, staff)
    left = Message.objects.get(key__startswith=f"invitation:{gone.pk}:chase:")
    Message.objects.filter(pk=left.pk).update(state="sent", sent_at=timezone.now())
    assert move_by_four_hours(meeting) == 2
    Invitation.objects.filter(pk=answers.pk).update(declined_at=timezone.now())
    for _ in range(2):
        invitation_run.resume()
    deliver.deliver()
    assert [mail.to for mail in smtp.messages] == [[asked.email]]
    assert "1.30pm to 4.30pm" in smtp.messages[0].text
    assert "SEQUENCE:1" in smtp.messages[0].calendar
    asked.refresh_from_db()
    assert asked.chased_at
    run.refresh_from_db()
    assert (run.queued, run.finished_at is not None) == (2, True)
    assert delivery.progress(run).sent == 2


def test_chasers_of_a_meeting_moved_twice_say_the_last_time(meeting, staff, smtp):
    invited(meeting)
    chase(meeting, staff)
    for _ in range(2):
        assert move_by_four_hours(meeting) == 1
        invitation_run.resume()
    deliver.deliver()
    assert len(smtp.messages) == 1
    assert "5.30pm to 8.30pm" in smtp.messages[0].text

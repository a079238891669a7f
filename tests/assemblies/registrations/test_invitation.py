from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.invitations.actions import invitation
from assemblies.invitations.models import Invitation
from assemblies.lists.models import ListEntry
from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import invitation as invitations
from assemblies.registrations.actions import registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    InvitationListFactory,
    ListEntryFactory,
    MeetingFactory,
    RegistrationFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def staff():
    return StaffFactory()


@pytest.fixture
def invited(meeting):
    return InvitationFactory(meeting=meeting, email="ann@example.org", name="Ann")


def register(invited, source="invitation"):
    details = RegistrationDetails(email=invited.email, name=invited.name)
    return registration.register(meeting=invited.meeting, details=details, source=source, invitation=invited)


def test_registering_accepts(invited):
    register(invited)
    invited.refresh_from_db()
    assert invited.accepted_at
    assert not invited.answered_by


def test_declining_gives_up_the_place_and_is_recorded_once(invited):
    guest = register(invited)
    invitations.decline(invitation=invited)
    invitations.decline(invitation=invited)
    invited.refresh_from_db()
    guest.refresh_from_db()
    assert (invited.accepted_at, invited.declined_at is not None) == (None, True)
    assert guest.state == Registration.State.CANCELLED
    assert Entry.objects.filter(verb="invitation.declined").count() == 1


def test_declined_person_may_come_after_all(invited):
    register(invited)
    invitations.decline(invitation=invited)
    guest = register(invited)
    invited.refresh_from_db()
    assert guest.state == Registration.State.REGISTERED
    assert (invited.accepted_at is not None, invited.declined_at) == (True, None)


@pytest.mark.parametrize(
    "fields", [{"state": "cancelled"}, {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1)}]
)
def test_nobody_declines_a_meeting_that_has_started_or_is_cancelled(invited, fields):
    Meeting.objects.update(**fields)
    with pytest.raises(Refusal):
        invitations.decline(invitation=invited)
    invited.refresh_from_db()
    assert not invited.declined_at


def test_staff_answer_is_recorded_as_theirs_until_the_person_answers(invited, staff):
    made = invitations.accept_for(invitation=invited, by=staff)
    invited.refresh_from_db()
    assert (invited.answered_by, invited.accepted_at is not None) == (staff, True)
    assert (made.state, made.source, made.name) == ("registered", "staff", "Ann")
    assert Entry.objects.get(verb="invitation.accepted_for").actor == staff
    invitations.decline(invitation=invited)
    invited.refresh_from_db()
    assert invited.answered_by is None


def test_staff_decline_for_someone(invited, staff):
    invitations.decline(invitation=invited, by=staff)
    invited.refresh_from_db()
    assert (invited.answered_by, invited.declined_at is not None) == (staff, True)


def test_answering_takes_back_a_chaser_that_has_not_left(invited):
    invited.sent_at = timezone.now()
    invited.save()
    from assemblies.invitations.emails.invitation import InvitationLetter
    from partnership import outbox

    outbox.enqueue_many([InvitationLetter(invited.meeting, chase=True).draft(invited, key="chase", unsubscribe="")])
    register(invited)
    assert Message.objects.get(key="chase").state == Message.State.WITHDRAWN


def test_corrected_address_changes_lists_and_ends_the_old_link(invited, staff):
    entry = ListEntryFactory(list=InvitationListFactory(meeting=invited.meeting), email=invited.email)
    old = invited.key
    invitation.send_again(invitation=invited, by=staff, email=" Anne@Example.org ", key=uuid4())
    invited.refresh_from_db()
    entry.refresh_from_db()
    message = Message.objects.get()
    assert invited.email == entry.email == message.to_email == "anne@example.org"
    assert invited.key != old
    assert f"/i/{invited.key}/" in message.text


def test_address_already_on_the_same_list_merges(invited, staff):
    first = ListEntryFactory(list=InvitationListFactory(meeting=invited.meeting), email=invited.email)
    ListEntryFactory(list=first.list, email="anne@example.org")
    invitation.send_again(invitation=invited, by=staff, email="anne@example.org", key=uuid4())
    assert list(ListEntry.objects.values_list("email", flat=True)) == ["anne@example.org"]


def test_send_again_twice_sends_once(invited, staff):
    key = uuid4()
    for _ in range(2):
        invitation.send_again(invitation=invited, by=staff, email=invited.email, key=key)
    assert Message.objects.count() == 1


def test_sending_again_is_refused_for_an_address_invited_already(invited, staff):
    other = InvitationFactory(meeting=invited.meeting)
    with pytest.raises(Refusal, match="already been invited") as refusal:
        invitation.send_again(invitation=invited, by=staff, email=other.email, key=uuid4())
    assert refusal.value.field == "email"


def test_sending_again_is_refused_to_someone_who_answered(invited, staff):
    Invitation.objects.update(declined_at=timezone.now())
    with pytest.raises(Refusal, match="have answered"):
        invitation.send_again(invitation=invited, by=staff, email=invited.email, key=uuid4())


def test_public_registration_nobody_confirmed_is_no_answer(meeting, invited):
    RegistrationFactory(
        meeting=meeting, email=invited.email, state="held", confirmed_at=None, confirm_by=timezone.now()
    )
    assert list(meeting.invitations.unanswered()) == [invited]
    Registration.objects.update(state="cancelled", place_number=None)
    assert list(meeting.invitations.unanswered()) == [invited]

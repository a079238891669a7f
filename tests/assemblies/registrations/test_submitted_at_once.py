"""The door and the answers to invitations, submitted by several at once; signing up is in test_registration_load."""

import pytest

from assemblies.registrations.actions import attendance
from assemblies.registrations.actions import invitation as actions
from assemblies.registrations.models import Registration
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from tests.at_once import at_once
from tests.factories import InvitationFactory, MeetingTodayFactory, RegistrationFactory, StaffFactory, in_days

pytestmark = pytest.mark.django_db(transaction=True)


def times(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_check_in_at_once_gives_one_seat_and_is_recorded_once():
    staff, meeting = StaffFactory(), MeetingTodayFactory(capacity=5)
    waiting = RegistrationFactory(meeting=meeting, state="waiting", place_number=None, queued_at=in_days(-1))
    at_once(lambda: attendance.check_in(registration=waiting, by=staff))
    assert Registration.objects.get().place_number == 1
    assert times("registration.checked_in") == 1


def test_walk_in_entered_at_once_is_one_registration():
    staff, meeting = StaffFactory(), MeetingTodayFactory()
    details = attendance.WalkIn(name="Jo Field", email="jo@example.org")
    made = at_once(lambda: attendance.walk_in(meeting=meeting, details=details, by=staff))
    assert {person.pk for person in made} == {Registration.objects.get().pk}
    assert times("registration.walked_in") == 1


def test_decline_at_once_is_recorded_once():
    invitation = InvitationFactory()
    at_once(lambda: actions.decline(invitation=invitation))
    assert times("invitation.declined") == 1


def test_accepted_for_somebody_at_once_is_one_registration_told_once():
    staff, invitation = StaffFactory(), InvitationFactory()
    at_once(lambda: actions.accept_for(invitation=invitation, by=staff))
    assert Registration.objects.get().state == "registered"
    assert times("registration.made") == 1
    assert Message.objects.count() == 1

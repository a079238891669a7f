"""Checking people in on the day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from assemblies.organising.actions import meeting as meeting_action
from assemblies.registrations.actions import attendance, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    MeetingTodayFactory,
    RegistrationFactory,
    StaffFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
State = Registration.State
LONDON = ZoneInfo("Europe/London")


def test_check_in_marks_the_person_as_attended_once():
    staff, person = StaffFactory(), RegistrationFactory(meeting=MeetingTodayFactory())
    attendance.check_in(registration=person, by=staff)
    again = attendance.check_in(registration=person, by=staff)
    assert again.state == State.ATTENDED
    assert again.checked_in_by == staff
    assert Entry.objects.filter(verb="registration.checked_in").count() == 1


@pytest.mark.parametrize("state", [State.WAITING, State.CANCELLED])
def test_check_in_without_a_place_gives_the_lowest_free_number(state):
    meeting = MeetingTodayFactory()
    RegistrationFactory(meeting=meeting, place_number=1)
    RegistrationFactory(meeting=meeting, place_number=3)
    queued_at = meeting.published_at
    person = RegistrationFactory(meeting=meeting, state=state, place_number=None, queued_at=queued_at)
    assert attendance.check_in(registration=person, by=StaffFactory()).place_number == 2


def test_person_who_never_confirmed_is_checked_in():
    person = RegistrationFactory(
        meeting=MeetingTodayFactory(),
        state=State.HELD,
        confirmed_at=None,
        confirm_by=timezone.now() + timedelta(minutes=30),
        source="public",
    )
    here = attendance.check_in(registration=person, by=StaffFactory())
    assert (here.state, here.confirmed_at is not None) == (State.ATTENDED, True)
    assert registration.confirm(registration=person).state == State.ATTENDED


@pytest.mark.parametrize("come", ["checked in from the queue", "walked in"])
def test_last_place_given_at_the_door_fills_the_meeting(come):
    meeting, staff = MeetingTodayFactory(capacity=1), StaffFactory()
    if come == "walked in":
        details = RegistrationDetails(email="ann@example.org", name="Ann")
        attendance.walk_in(meeting=meeting, details=details, by=staff)
    else:
        person = RegistrationFactory(
            meeting=meeting, state=State.WAITING, place_number=None, queued_at=meeting.published_at
        )
        attendance.check_in(registration=person, by=staff)
    meeting.refresh_from_db()
    assert meeting.full


def test_undo_returns_the_place_and_needs_a_checked_in_person():
    person, staff = RegistrationFactory(meeting=MeetingTodayFactory()), StaffFactory()
    attendance.check_in(registration=person, by=staff)
    assert attendance.undo_check_in(registration=person, by=staff).state == State.REGISTERED
    with pytest.raises(Refusal, match="is not checked in"):
        attendance.undo_check_in(registration=person, by=staff)


def facts_of(person: Registration) -> dict[str, object]:
    person.refresh_from_db()
    names = ("state", "place_number", "queued_at", "confirmed_at", "confirm_by", "offered_until", "cancelled_at")
    return {name: getattr(person, name) for name in names}


@pytest.mark.parametrize(
    ("state", "more"),
    [
        (State.REGISTERED, {}),
        (State.HELD, {"confirmed_at": None, "confirm_by": in_days(5), "source": "public"}),
        (State.OFFERED, {"offered_until": in_days(5)}),
        (State.WAITING, {"place_number": None}),
        (State.WAITING, {"place_number": None, "confirmed_at": None, "confirm_by": in_days(5)}),
        (State.CANCELLED, {"place_number": None, "cancelled_at": in_days(-1)}),
        (State.ABSENT, {}),
    ],
)
def test_undo_puts_a_person_back_where_they_stood(state, more):
    meeting, staff = MeetingTodayFactory(capacity=1), StaffFactory()
    if state in (State.WAITING, State.CANCELLED):
        RegistrationFactory(meeting=meeting, place_number=1)
    person = RegistrationFactory(meeting=meeting, state=state, queued_at=in_days(-2), **{"place_number": 1} | more)
    before = facts_of(person)
    attendance.check_in(registration=person, by=staff)
    attendance.undo_check_in(registration=person, by=staff)
    assert facts_of(person) == before
    assert (person.before_check_in, person.checked_in_at, person.checked_in_by) == ("", None, None)


def test_undo_gives_no_place_ahead_of_the_queue():
    meeting, staff = MeetingTodayFactory(capacity=2), StaffFactory()
    early = meeting.starts_at - timedelta(hours=2)  # in the last hour nothing is offered
    RegistrationFactory(meeting=meeting, place_number=1)
    waits = {"meeting": meeting, "state": State.WAITING, "place_number": None}
    first = RegistrationFactory(queued_at=in_days(-3), **waits)
    last = RegistrationFactory(queued_at=in_days(-2), **waits)
    attendance.check_in(registration=last, by=staff, now=early)  # takes the only place that was free
    attendance.undo_check_in(registration=last, by=staff, now=early)
    first.refresh_from_db()
    last.refresh_from_db()
    assert (first.state, last.state) == (State.OFFERED, State.WAITING)


def test_undo_for_a_walk_in_leaves_no_place():
    meeting, staff = MeetingTodayFactory(capacity=1), StaffFactory()
    details = attendance.WalkIn(name="Ola", email="ola@example.org")
    person = attendance.walk_in(meeting=meeting, details=details, by=staff)
    undone = attendance.undo_check_in(registration=person, by=staff)
    assert (undone.state, undone.place_number) == (State.CANCELLED, None)
    meeting.refresh_from_db()
    assert not meeting.full
    again = attendance.walk_in(meeting=meeting, details=details, by=staff)
    assert (again.pk, again.state) == (person.pk, State.ATTENDED)


def test_walk_in_with_a_known_address_checks_that_person_in():
    person = RegistrationFactory(meeting=MeetingTodayFactory(), email="ama@example.org", name="Ama")
    details = attendance.WalkIn(name="Ama B", email=" AMA@example.org ")
    met = attendance.walk_in(meeting=person.meeting, details=details, by=StaffFactory())
    assert met.pk == person.pk
    assert met.state == State.ATTENDED
    assert person.meeting.registrations.count() == 1


@pytest.mark.parametrize("come", ["walked in", "checked in"])
def test_who_comes_has_answered_their_invitation(come):
    meeting, staff = MeetingTodayFactory(), StaffFactory()
    invitation = InvitationFactory(meeting=meeting, email="ola@example.org")
    if come == "checked in":
        RegistrationFactory(
            meeting=meeting, email="ola@example.org", state="held", confirmed_at=None, confirm_by=timezone.now()
        )
    attendance.walk_in(meeting=meeting, details=attendance.WalkIn(name="Ola", email="ola@example.org"), by=staff)
    invitation.refresh_from_db()
    assert invitation.accepted_at


def test_walk_in_is_let_into_a_full_room():
    meeting = MeetingTodayFactory(capacity=1)
    RegistrationFactory(meeting=meeting, place_number=1, capacity_when_given=1)
    details = attendance.WalkIn(name="Ola", email="ola@example.org")
    assert attendance.walk_in(meeting=meeting, details=details, by=StaffFactory()).place_number == 2


@pytest.mark.parametrize("state", ["closed", "cancelled", "draft"])
def test_nobody_is_checked_in_outside_the_meeting(state):
    person = RegistrationFactory(meeting=MeetingTodayFactory(state=state))
    with pytest.raises(Refusal, match="nobody can be checked in"):
        attendance.check_in(registration=person, by=StaffFactory())


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"starts_at": in_days(1)}, "You can check people in on the day of the meeting"),
        ({"format": "online"}, "This meeting is online, so there is nobody to check in"),
    ],
)
def test_nobody_is_checked_in_before_the_day_or_online(facts, message):
    meeting, staff = MeetingTodayFactory(**facts), StaffFactory()
    person = RegistrationFactory(meeting=meeting)
    with pytest.raises(Refusal, match=message):
        attendance.check_in(registration=person, by=staff)
    with pytest.raises(Refusal, match=message):
        attendance.walk_in(meeting=meeting, details=attendance.WalkIn(name="Ola", email="o@example.org"), by=staff)


def test_check_in_opens_as_the_day_begins_in_england():
    meeting = MeetingTodayFactory(starts_at=datetime(2027, 6, 10, 9, 30, tzinfo=LONDON))
    person, staff = RegistrationFactory(meeting=meeting), StaffFactory()
    midnight = datetime(2027, 6, 10, tzinfo=LONDON)
    with pytest.raises(Refusal, match="on the day of the meeting, Thursday 10 June 2027"):
        attendance.check_in(registration=person, by=staff, now=midnight - timedelta(minutes=1))
    assert attendance.check_in(registration=person, by=staff, now=midnight).state == State.ATTENDED


def test_closing_the_register_marks_absence_only_if_one_was_taken():
    meeting = MeetingTodayFactory()
    came = RegistrationFactory(meeting=meeting)
    missed = RegistrationFactory(meeting=meeting)
    waiting = RegistrationFactory(meeting=meeting, state="waiting", place_number=None, queued_at=meeting.published_at)
    online = RegistrationFactory(meeting=meeting, attendance="online")
    assert attendance.close_attendance(meeting=meeting, by=None) == 0
    attendance.check_in(registration=came, by=StaffFactory())
    assert attendance.close_attendance(meeting=meeting, by=None) == 1
    states = [(came, State.ATTENDED), (missed, State.ABSENT), (waiting, State.WAITING), (online, State.REGISTERED)]
    for person, state in states:
        person.refresh_from_db()
        assert person.state == state


def test_held_meeting_says_who_was_absent_and_late_arrivals_check_in():
    now = timezone.now()
    meeting = MeetingTodayFactory(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    came, late = RegistrationFactory(meeting=meeting), RegistrationFactory(meeting=meeting)
    attendance.check_in(registration=came, by=StaffFactory())
    meeting_action.hold(meeting=meeting, by=StaffFactory())
    late.refresh_from_db()
    assert late.state == State.ABSENT
    assert attendance.check_in(registration=late, by=StaffFactory()).state == State.ATTENDED

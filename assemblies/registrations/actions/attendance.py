"""Checking people in on the day: who is here, who came without a place, and who did not come."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import capacity, offers
from assemblies.registrations.actions.answered import accept_invitation
from assemblies.registrations.models import Registration
from assemblies.registrations.rules import no_check_in_because
from partnership import audit, states
from partnership.accounts.models import User
from partnership.refusals import Refusal
from places.footprint.models import Place

State = Registration.State


@dataclass(frozen=True)
class WalkIn:
    """Somebody at the door without a place."""

    name: str
    email: str
    organisation: str = ""
    role: str = ""
    place: Place | None = None


def _lock(meeting: Meeting, now: datetime) -> Meeting:
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    because = no_check_in_because(locked, timezone.localdate(now))
    if because:
        raise Refusal(because)
    return locked


@transaction.atomic
def check_in(*, registration: Registration, by: User, now: datetime | None = None) -> Registration:
    """Marks the person as here. Somebody who waited, or had cancelled, is let in. Doing it twice changes nothing."""
    now = now or timezone.now()
    meeting = _lock(registration.meeting, now)
    person = meeting.registrations.locked().get(pk=registration.pk)
    if person.state == State.ATTENDED:
        return person
    place: dict[str, int | None] = {}
    if person.place_number is None:
        place = {"place_number": capacity.lowest_free_number(meeting), "capacity_when_given": None}
    states.move(
        person,
        State.ATTENDED,
        **place,
        before_check_in=person.state,
        held_from="",
        confirmed_at=person.confirmed_at or now,
        checked_in_at=now,
        checked_in_by=by,
    )
    accept_invitation(person, now)
    if place:
        capacity.mark_full(meeting, capacity.standing_of(meeting, now))
    audit.record(by=by, verb="registration.checked_in", subject=person)
    return person


@transaction.atomic
def undo_check_in(*, registration: Registration, by: User, now: datetime | None = None) -> Registration:
    """Takes a check-in back: everything stands as if they had not come yet. Returns the registration.

    Who waited, waits where they were in the queue; who had cancelled, or came without registering, holds no place. A
    place that falls free goes to the next person in the queue.
    """
    now = now or timezone.now()
    meeting = _lock(registration.meeting, now)
    person = meeting.registrations.locked().get(pk=registration.pk)
    if person.state != State.ATTENDED:
        raise Refusal(f"{person.name} is not checked in.")
    before = State(person.before_check_in or (State.CANCELLED if _came_unregistered(person) else State.REGISTERED))
    states.enter(person, before)
    if person.confirmed_at == person.checked_in_at:  # being here was the proof of their address
        person.confirmed_at = None
    person.before_check_in, person.checked_in_at, person.checked_in_by = "", None, None
    if before in (State.WAITING, State.CANCELLED):
        capacity.free(person)
    if before == State.CANCELLED:
        person.cancelled_at = person.cancelled_at or now
    person.save()
    audit.record(by=by, verb="registration.check_in_undone", subject=person, state=person.state)
    offers.fill_locked(meeting, capacity.standing_of(meeting, now), now)
    return person


def _came_unregistered(person: Registration) -> bool:
    return person.source == Registration.Source.WALK_IN


@transaction.atomic
def walk_in(*, meeting: Meeting, details: WalkIn, by: User, now: datetime | None = None) -> Registration:
    """Lets somebody in who had no place. The room's limit is the organiser's to judge on the day; a known address is
    checked in instead of being entered twice."""
    now = now or timezone.now()
    locked = _lock(meeting, now)
    email = details.email.strip().lower()
    known = Registration.objects.filter(meeting=locked, email=email).first()
    if known:
        return check_in(registration=known, by=by, now=now)
    person = Registration(
        meeting=locked,
        email=email,
        name=details.name,
        organisation=details.organisation,
        role=details.role,
        place=details.place,
        attendance=Registration.Attendance.IN_PERSON,
        source=Registration.Source.WALK_IN,
        place_number=capacity.lowest_free_number(locked),
        confirmed_at=now,
        checked_in_at=now,
        checked_in_by=by,
    )
    states.enter(person, State.ATTENDED)
    person.save()
    accept_invitation(person, now)
    capacity.mark_full(locked, capacity.standing_of(locked, now))
    audit.record(by=by, verb="registration.walked_in", subject=person)
    return person


def close_attendance(*, meeting: Meeting, by: User | None) -> int:
    """Marks everybody with a place in the room who was not checked in as absent; returns how many.

    Nobody is checked in online, so who has a place there keeps it. Where nobody was checked in at all, attendance was
    not taken, and nobody is marked. Call it inside the transaction that marks the meeting as held.
    """
    people = Registration.objects.filter(meeting=meeting)
    if not people.filter(state=State.ATTENDED).exists():
        return 0
    expected = people.filter(state=State.REGISTERED, attendance=Registration.Attendance.IN_PERSON)
    absent = states.move_all(expected, State.ABSENT)
    audit.record(by=by, verb="meeting.register_closed", subject=meeting, absent=absent)
    return absent

"""Leaving, and coming back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies import states
from assemblies.actions import offers, seats
from assemblies.actions.registration import place_or_queue
from assemblies.actions.window import refuse_if_closed, refuse_if_over
from assemblies.emails import registration as emails
from assemblies.models import Registration
from partnership import audit, outbox

State = Registration.State


@transaction.atomic
def cancel(*, registration: Registration, by=None, now: datetime | None = None) -> Registration:
    """Give up the place, the offer or the place in the queue; a seat goes to the next person. Returns the registration.

    Cancelling twice does no harm. Mail about the place that has not left is withdrawn. Raises Refusal when the meeting
    has started or been cancelled.
    """
    meeting = seats.lock(registration.meeting_id)
    now = now or timezone.now()
    person = seats.lock_person(registration)
    person.meeting = meeting
    if person.state == State.CANCELLED:
        return person
    refuse_if_over(meeting, now)
    states.check(person, State.CANCELLED)
    before = person.state
    seats.free(person)
    person.state, person.cancelled_at = State.CANCELLED, now
    person.queued_at = person.offered_until = person.confirm_by = None
    person.save()
    audit.record(by=by, verb="registration.cancelled", subject=person, was=before)
    outbox.withdraw(about=emails.about(person), because="The registration was cancelled.")
    emails.registration_cancelled(person, held_place=before == State.REGISTERED)
    offers.fill_locked(meeting, seats.room_at(meeting, now), now)
    return person


@transaction.atomic
def come_back(*, registration: Registration, by=None, now: datetime | None = None) -> Registration:
    """Register again with the answers given before: a place if one is free and nobody waits for it, else the
    end of the queue. Returns the registration. The link proves the address.

    Raises Refusal when the meeting takes no registrations.
    """
    meeting = seats.lock(registration.meeting_id)
    now = now or timezone.now()
    person = seats.lock_person(registration)
    person.meeting = meeting
    if person.state != State.CANCELLED:
        return person
    refuse_if_closed(meeting, now)
    place_or_queue(person, seats.room_at(meeting, now), now=now, verified=True)
    audit.record(by=by, verb="registration.came_back", subject=person, state=person.state, round=person.round)
    if person.state == State.WAITING:
        emails.waiting_list_joined(person)
    else:
        emails.registration_confirmed(person)
    return person

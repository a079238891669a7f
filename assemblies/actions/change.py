"""Changing the answers of a registration, and the place a person comes from, which their seat may depend on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.actions import details as answers
from assemblies.actions import offers, seats
from assemblies.actions.details import RegistrationDetails
from assemblies.actions.seats import Pool, Room
from assemblies.actions.window import refuse_if_over
from assemblies.emails import registration as emails
from assemblies.models import Registration
from partnership import audit
from partnership.refusals import Refusal
from places.models import Place

State = Registration.State


@transaction.atomic
def change(
    *, registration: Registration, details: RegistrationDetails, by=None, now: datetime | None = None
) -> Registration:
    """Write new answers over the old ones; the address stays. Returns the registration.

    Raises Refusal when the meeting has started or been cancelled, when the registration is cancelled, or when the seat is one
    kept for a place and the new place has none: allocations hold.
    """
    meeting = seats.lock(registration.meeting_id)
    now = now or timezone.now()
    person = seats.lock_person(registration)
    person.meeting = meeting
    refuse_if_over(meeting, now)
    if person.state == State.CANCELLED:
        raise Refusal("This registration is cancelled. Register again first, then change your answers.")
    came = person.attendance
    answers.apply(person, details)
    room = seats.room_at(meeting, now)
    if not move_to_place(person, details.place, room):
        raise Refusal(
            f"Your seat is one of those kept for {person.place}, and {details.place or 'everyone else'} has none left. "
            f"Keep {person.place}, or cancel and join the waiting list.",
            field="place",
        )
    person.save()
    answers.keep_needs(person, details)
    offers.fill_locked(meeting, room, now)
    audit.record(by=by, verb="registration.changed", subject=person)
    if person.state == State.REGISTERED and person.attendance != came:
        emails.registration_confirmed(person, changed_at=now)
    return person


def move_to_place(person: Registration, place: Place | None, room: Room) -> bool:
    """Make `place` the person's place, unsaved, and `room` what it leaves. Returns False where no seat allows it.

    Only a seat kept for the old place stands in the way: it goes back, and one for the new place is taken
    if there is one.
    """
    new = place.pk if place else None
    if new == person.place_id:
        return True
    if person.state == State.WAITING:
        room.waiting[person.place_id] -= 1
        room.waiting[new] += 1
    elif person.from_allocation:
        room.taken[person.place_id] -= 1
        pool = room.pool_for(new)
        if not pool or room.is_wanted(pool, new):
            room.taken[person.place_id] += 1
            return False
        room.take(pool, new)
        person.from_allocation = pool is Pool.KEPT
    person.place = place
    return True

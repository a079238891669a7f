"""Changing the answers of a registration, and the place a person comes from, which their place at the meeting may
depend on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import refuse_if_over
from assemblies.registrations import emails
from assemblies.registrations.actions import capacity, offers
from assemblies.registrations.actions import details as answers
from assemblies.registrations.actions.capacity import Pool, Standing
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership import audit
from partnership.refusals import Refusal
from places.footprint.models import Place

State = Registration.State


@transaction.atomic
def change(
    *, registration: Registration, details: RegistrationDetails, by=None, now: datetime | None = None
) -> Registration:
    """Write new answers over the old ones; the address stays. Returns the registration.

    Raises Refusal when the meeting has started or been cancelled, when the registration is cancelled, or when they hold
    a kept seat and nothing is free for people from the new place: allocations hold.
    """
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    now = now or timezone.now()
    person = meeting.registrations.locked().get(pk=registration.pk)
    refuse_if_over(meeting, now)
    if person.state == State.CANCELLED:
        raise Refusal("This registration is cancelled. Register again first, then change your answers.")
    came = person.attendance
    answers.apply(person, details)
    standing = capacity.standing_of(meeting, now)
    if not move_to_place(person, details.place, standing):
        raise Refusal(
            f"Your place is one of those kept for {person.place}, and {details.place or 'everyone else'} has none left. "
            f"Keep {person.place}, or cancel and join the waiting list.",
            field="place",
        )
    person.calendar_changes += person.attendance != came
    person.save()
    answers.keep_needs(person, details)
    offers.fill_locked(meeting, standing, now)
    audit.record(by=by, verb="registration.changed", subject=person)
    if person.state == State.REGISTERED and person.attendance != came:
        emails.registration_confirmed(person, changed_at=now)
    return person


def move_to_place(person: Registration, place: Place | None, standing: Standing) -> bool:
    """Make `place` the person's place, unsaved, and `standing` what that leaves. Returns False where no place at the
    meeting is free for them.

    Only a seat kept for the old place stands in the way: it is given back, and one kept for the new place is taken if
    there is one.
    """
    new = place.pk if place else None
    if new == person.place_id:
        return True
    if person.state == State.WAITING:
        standing.waiting[person.place_id] -= 1
        standing.waiting[new] += 1
    elif person.from_allocation:
        standing.kept_taken[person.place_id] -= 1
        pool = standing.pool_for(new)
        if not pool or standing.is_wanted(pool, new):
            standing.kept_taken[person.place_id] += 1
            return False
        standing.take(pool, new)
        person.from_allocation = pool is Pool.KEPT
    person.place = place
    return True

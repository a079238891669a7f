"""Leaving, and coming back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import refuse_if_closed, refuse_if_over
from assemblies.registrations import emails
from assemblies.registrations.actions import capacity, offers
from assemblies.registrations.actions.registration import place_or_queue, tell
from assemblies.registrations.models import Registration
from partnership import audit, outbox, states

State = Registration.State


@transaction.atomic
def cancel(*, registration: Registration, by=None, now: datetime | None = None) -> Registration:
    """Give up the place, the offer or the place in the queue; a place at the meeting goes to the next person. Returns
    the registration.

    Cancelling twice does no harm. Mail about the place that has not left is withdrawn. Raises Refusal when the meeting
    has started or been cancelled.
    """
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    now = now or timezone.now()
    person = meeting.registrations.locked().get(pk=registration.pk)
    if person.state == State.CANCELLED:
        return person
    refuse_if_over(meeting, now)
    before = person.state
    states.enter(person, State.CANCELLED)
    capacity.free(person)
    person.cancelled_at = now
    person.queued_at = person.offered_until = person.confirm_by = person.held_at = None
    person.held_from, person.confirm_first = "", False
    person.save()
    audit.record(by=by, verb="registration.cancelled", subject=person, was=before)
    outbox.withdraw(about=emails.about(person), because="The registration was cancelled.")
    held_place = before == State.REGISTERED
    had_entry = held_place or meeting.invitations.sent().filter(email=person.email).exists()
    emails.registration_cancelled(person, held_place=held_place, had_entry=had_entry)
    offers.fill_locked(meeting, capacity.standing_of(meeting, now), now)
    return person


@transaction.atomic
def come_back(*, registration: Registration, by=None, now: datetime | None = None) -> Registration:
    """Register again with the answers given before: a place if one is free and nobody waits for it, else the
    end of the queue. Returns the registration. The link proves the address.

    Raises Refusal when the meeting takes no registrations.
    """
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    now = now or timezone.now()
    person = meeting.registrations.locked().get(pk=registration.pk)
    if person.state != State.CANCELLED:
        return person
    refuse_if_closed(meeting, now)
    place_or_queue(person, now=now, verified=True)
    audit.record(by=by, verb="registration.came_back", subject=person, state=person.state, round=person.round)
    tell(person)
    return person

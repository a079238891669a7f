"""A place that falls free is offered to the next in the queue for a limited time, and lapses to the one after."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assemblies import states
from assemblies.actions import seats, waiting_list
from assemblies.actions.seats import Room
from assemblies.emails import registration as emails
from assemblies.models import Meeting, Registration
from partnership import audit, dates
from partnership.refusals import Refusal

State = Registration.State
LAST_HOUR = timedelta(hours=1)  # from here on a free place goes to whoever comes first
LEAST = timedelta(minutes=30)


def offer_end(meeting: Meeting, now: datetime) -> datetime | None:
    """When an offer made now ends: after the meeting's offer hours, sooner near the meeting; None if too late for one.

    At most a quarter of the time left, so that the next person has a chance too, but half an hour at least.
    """
    left = meeting.starts_at - now
    if meeting.state != Meeting.State.PUBLISHED or left < LAST_HOUR:
        return None
    return now + max(LEAST, min(timedelta(hours=meeting.offer_hours), left / 4))


@transaction.atomic
def fill(*, meeting: Meeting, now: datetime | None = None) -> list[Registration]:
    """Offer every free place to the queue. Call it whenever the capacity, the seats kept for places or the time changed.

    Returns the registrations that were offered a place; those in the queue get a mail each. Safe to call at any time.
    """
    locked = seats.lock(meeting.pk)
    now = now or timezone.now()
    beyond = Registration.objects.filter(meeting=locked, state=State.OFFERED, offered_until__gt=locked.starts_at)
    beyond.update(offered_until=locked.starts_at)  # a meeting that moved nearer takes the offers with it
    return fill_locked(locked, seats.room_at(locked, now), now)


def fill_locked(meeting: Meeting, room: Room, now: datetime, present: Registration | None = None) -> list[Registration]:
    """As `fill`, under the caller's lock. A person who is `present`, at the page, is seated instead of offered one."""
    until = offer_end(meeting, now)
    offered = []
    if until and room.waiting.total() and not room.is_full:
        for person, pool in waiting_list.next_in_line(meeting.pk, room):
            seats.give(person, room, pool)
            person.meeting = meeting
            if present and person.pk == present.pk:
                _seat_at_once(present, person)
            else:
                _offer(person, until, now)
                offered.append(person)
    elif present and (pool := room.pool_for(present.place_id)):
        seats.give(present, room, pool)
        _seat_at_once(present, present)
    seats.mark_full(meeting, room)
    return offered


def _offer(person: Registration, until: datetime, now: datetime) -> None:
    states.check(person, State.OFFERED)
    person.state, person.offered_until = State.OFFERED, until
    person.save()
    audit.record(by=None, verb="registration.offered", subject=person, until=until)
    emails.place_offered(person, now=now)


def _seat_at_once(present: Registration, person: Registration) -> None:
    present.seat_number, present.seat_limit = person.seat_number, person.seat_limit
    present.from_allocation = person.from_allocation
    states.check(present, State.REGISTERED)
    present.state = State.REGISTERED
    present.save()


@transaction.atomic
def accept(*, registration: Registration, now: datetime | None = None) -> Registration:
    """Take the place that was offered. Returns the registration; submitting twice does no harm.

    Raises Refusal when the offer has ended or the meeting has started: an offer is never good after that.
    """
    person = seats.lock_person(registration)
    now = now or timezone.now()
    if person.state == State.REGISTERED:
        return person
    if person.meeting.state != Meeting.State.PUBLISHED:
        raise Refusal("This meeting is not going ahead, so there is no place to take.")
    if now >= person.meeting.starts_at:
        raise Refusal("The meeting has started, so the offer has ended.")
    if person.offered_until and now >= person.offered_until:
        raise Refusal(f"The offer ended on {dates.moment(person.offered_until)}. The place goes to the next person.")
    if person.state != State.OFFERED:
        raise Refusal("We are not holding a place for you now. This page shows your registration.")
    states.check(person, State.REGISTERED)
    person.state, person.offered_until = State.REGISTERED, None
    person.save(update_fields=["state", "offered_until"])
    audit.record(by=None, verb="registration.accepted_offer", subject=person)
    emails.registration_confirmed(person)
    return person


@transaction.atomic
def take_free_place(*, registration: Registration, now: datetime | None = None) -> Registration:
    """Take a place that stands free, for a person in the queue: in the last hour, when nothing is offered any more.

    Raises Refusal when there is none for them, or when places are still being offered in turn.
    """
    meeting = seats.lock(registration.meeting_id)
    now = now or timezone.now()
    person = seats.lock_person(registration)
    person.meeting = meeting
    if person.state == State.REGISTERED:
        return person
    if person.state != State.WAITING or meeting.state != Meeting.State.PUBLISHED or now >= meeting.starts_at:
        raise Refusal("There is no place to take now. This page shows your registration.")
    if offer_end(meeting, now):
        raise Refusal(
            "Places are offered in turn until an hour before the meeting. We will email you when it is your turn."
        )
    room = seats.room_at(meeting, now)
    pool = room.pool_for(person.place_id)
    if not pool:
        raise Refusal("Someone else has just taken the last free place.")
    seats.give(person, room, pool)
    person.confirmed_at = person.confirmed_at or now
    _seat_at_once(person, person)
    seats.mark_full(meeting, room)
    audit.record(by=None, verb="registration.took_free_place", subject=person)
    emails.registration_confirmed(person)
    return person


def lapse_locked(meeting: Meeting, now: datetime) -> int:
    """End the offers that were not taken in time; the people leave the queue and are told how to come back.

    Returns how many. The caller holds the meeting's lock, and fills the places afterwards.
    """
    late = Registration.objects.filter(meeting=meeting, state=State.OFFERED, offered_until__lte=now)
    people = list(late.select_for_update())
    for person in people:
        person.meeting = meeting
        states.check(person, State.CANCELLED)
        seats.free(person)
        person.state, person.cancelled_at, person.queued_at = State.CANCELLED, now, None
        person.save()
        audit.record(by=None, verb="registration.offer_lapsed", subject=person)
        emails.offer_lapsed(person, now=now)
    return len(people)


@transaction.atomic
def lapse(*, meeting: Meeting, now: datetime | None = None) -> int:
    """End one meeting's offers that were not taken in time, and offer the places on. Returns how many ended."""
    locked = seats.lock(meeting.pk)
    now = now or timezone.now()
    ended = lapse_locked(locked, now)
    fill_locked(locked, seats.room_at(locked, now), now)
    return ended

"""A place that becomes free is offered to the next in the queue for a limited time, and then to the one after."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations import emails
from assemblies.registrations.actions import capacity
from assemblies.registrations.actions.answered import accept_invitation
from assemblies.registrations.actions.capacity import Pool, Standing
from assemblies.registrations.models import Registration
from partnership import audit, dates, states
from partnership.refusals import Refusal

State = Registration.State
LAST_HOUR = timedelta(hours=1)  # from here on a free place goes to whoever comes first
LEAST = timedelta(minutes=30)
HOLD_IS_FIRM = timedelta(minutes=10)  # from then on it gives way to somebody whose address is confirmed


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

    Returns the registrations that were offered a place; those in the queue get an email each. Safe to call at any time.
    """
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    now = now or timezone.now()
    beyond = Registration.objects.filter(meeting=locked, state=State.OFFERED, offered_until__gt=locked.starts_at)
    beyond.update(offered_until=locked.starts_at)  # a meeting that moved nearer takes the offers with it
    return fill_locked(locked, capacity.standing_of(locked, now), now)


def fill_locked(
    meeting: Meeting, standing: Standing, now: datetime, present: Registration | None = None
) -> list[Registration]:
    """As `fill`, under the caller's lock. A person who is `present`, at the page, gets a place instead of the offer of
    one."""
    until = offer_end(meeting, now)
    offered = []
    holds = _holds_that_give_way(meeting, standing, now)
    if until and standing.waiting.total() and (holds or not standing.is_full):
        for person, pool in _next_in_line(meeting, standing, holds):
            if present and person.pk == present.pk:
                _give_place(present, standing, pool)
            else:
                _offer(person, standing, pool, until, now)
                offered.append(person)
    elif present and (pool := _pool_for(present, standing, holds)):
        _give_place(present, standing, pool)
    capacity.mark_full(meeting, standing)
    return offered


def _holds_that_give_way(meeting: Meeting, standing: Standing, now: datetime) -> list[Registration]:
    """Holds that have stood for their minutes, the oldest first, where somebody waits who may be given one."""
    if not (standing.held and standing.waiting.total()):
        return []
    old = meeting.registrations.locked().filter(state=State.HELD, held_at__lte=now - HOLD_IS_FIRM)
    return list(old.order_by("held_at", "pk"))


def _pool_for(person: Registration, standing: Standing, holds: list[Registration]) -> Pool | None:
    """Where the person is given a place from. Where none is free, the oldest of the holds that would leave them one
    gives way."""
    pool = standing.pool_for(person.place_id)
    for hold in [] if pool else holds:
        theirs = Pool.KEPT if hold.from_allocation else Pool.OPEN
        standing.take(theirs, hold.place_id, -1)
        if pool := standing.pool_for(person.place_id):
            holds.remove(hold)
            _give_way(hold, standing)
            return pool
        standing.take(theirs, hold.place_id)
    return pool


def _give_way(hold: Registration, standing: Standing) -> None:
    """The place goes to somebody whose address is known. Who held it can still confirm, and then gets a place if one is
    free, or waits ahead of those who came later."""
    states.enter(hold, State.WAITING)
    capacity.free(hold)
    hold.queued_at, hold.confirm_first = hold.held_at, True
    hold.held_at, hold.held_from = None, ""
    hold.save()
    standing.held -= 1
    audit.record(by=None, verb="registration.hold_gave_way", subject=hold)


def _next_in_line(
    meeting: Meeting, standing: Standing, holds: list[Registration]
) -> Iterator[tuple[Registration, Pool]]:
    """Confirmed people who can have a place, first in the queue first, with the pool it comes from.

    Take the place before asking for the next person: free places are counted again for each.
    """
    queue = meeting.registrations.waiting().locked().filter(confirmed_at__isnull=False)
    if not standing.open_to_all and not holds:
        queue = queue.filter(place__in=[pk for pk, kept in standing.kept.items() if kept > standing.kept_taken[pk]])
    for person in queue:
        if standing.is_full and not holds:
            return
        if pool := _pool_for(person, standing, holds):
            yield person, pool


def _offer(person: Registration, standing: Standing, pool: Pool, until: datetime, now: datetime) -> None:
    states.enter(person, State.OFFERED)
    capacity.give(person, standing, pool)
    person.offered_until = until
    person.save()
    audit.record(by=None, verb="registration.offered", subject=person, until=until)
    emails.place_offered(person, now=now)


def _give_place(person: Registration, standing: Standing, pool: Pool) -> None:
    states.enter(person, State.REGISTERED)
    capacity.give(person, standing, pool)
    person.save()


@transaction.atomic
def accept(*, registration: Registration, now: datetime | None = None) -> Registration:
    """Take the place that was offered. Returns the registration; submitting twice does no harm.

    Raises Refusal when the offer has ended or the meeting has started: an offer is never good after that.
    """
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    now = now or timezone.now()
    person = meeting.registrations.locked().get(pk=registration.pk)
    if person.state == State.REGISTERED:
        return person
    if meeting.state != Meeting.State.PUBLISHED:
        raise Refusal("This meeting is not going ahead, so there is no place to take.")
    if now >= meeting.starts_at:
        raise Refusal("The meeting has started, so the offer has ended.")
    if person.offered_until and now >= person.offered_until:
        raise Refusal(f"The offer ended on {dates.moment(person.offered_until)}. The place goes to the next person.")
    if person.state != State.OFFERED:
        raise Refusal("We are not holding a place for you now. This page shows your registration.")
    states.move(person, State.REGISTERED, offered_until=None)
    audit.record(by=None, verb="registration.accepted_offer", subject=person)
    emails.registration_confirmed(person)
    return person


@transaction.atomic
def take_free_place(*, registration: Registration, now: datetime | None = None) -> Registration:
    """Take a free place, for a person in the queue: in the last hour, when nothing is offered any more.

    Raises Refusal when there is none for them, or when places are still being offered in turn.
    """
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    now = now or timezone.now()
    person = meeting.registrations.locked().get(pk=registration.pk)
    if person.state == State.REGISTERED:
        return person
    if person.state != State.WAITING or meeting.state != Meeting.State.PUBLISHED or now >= meeting.starts_at:
        raise Refusal("There is no place to take now. This page shows your registration.")
    if offer_end(meeting, now):
        raise Refusal(
            "Places are offered in turn until an hour before the meeting. We will email you when it is your turn."
        )
    standing = capacity.standing_of(meeting, now)
    pool = _pool_for(person, standing, _holds_that_give_way(meeting, standing, now))
    if not pool:
        raise Refusal("Someone else has just taken the last free place.")
    person.confirmed_at, person.confirm_by, person.confirm_first = person.confirmed_at or now, None, False
    _give_place(person, standing, pool)
    accept_invitation(person, now)
    capacity.mark_full(meeting, standing)
    audit.record(by=None, verb="registration.took_free_place", subject=person)
    emails.registration_confirmed(person)
    return person


def lapse_locked(meeting: Meeting, now: datetime) -> int:
    """End the offers that were not taken in time; the people leave the queue and, while they can, are told how to come back.

    Returns how many. The caller holds the meeting's lock, and fills the places afterwards.
    """
    people = list(meeting.registrations.locked().filter(state=State.OFFERED, offered_until__lte=now))
    for person in people:
        states.enter(person, State.CANCELLED)
        capacity.free(person)
        person.cancelled_at, person.queued_at = now, None
        person.save()
        audit.record(by=None, verb="registration.offer_lapsed", subject=person)
        if meeting.state == Meeting.State.PUBLISHED and now < meeting.starts_at:  # no other time is there a next person
            emails.offer_lapsed(person, now=now)
    return len(people)


@transaction.atomic
def lapse(*, meeting: Meeting, now: datetime | None = None) -> int:
    """End one meeting's offers that were not taken in time, and offer the places on. Returns how many ended."""
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    now = now or timezone.now()
    ended = lapse_locked(locked, now)
    fill_locked(locked, capacity.standing_of(locked, now), now)
    return ended

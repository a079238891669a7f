"""Registering: a place under the meeting's lock, or a place in the queue, and the confirmation of an address."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from assemblies import states
from assemblies.actions import details as answers
from assemblies.actions import offers, seats
from assemblies.actions.change import move_to_place
from assemblies.actions.details import RegistrationDetails
from assemblies.actions.seats import Room
from assemblies.actions.window import refuse_if_closed, refuse_if_over, refuse_uninvited
from assemblies.emails import registration as emails
from assemblies.emails.invitation import about as about_invitation
from assemblies.models import Invitation, Meeting, Registration
from assemblies.models.registration import ADD
from partnership import audit, outbox
from partnership.database.statements import Statement, together
from partnership.refusals import Refusal

State, Source = Registration.State, Registration.Source
CONFIRMED = Statement(
    "keep_confirmed",
    """
    UPDATE assemblies_registration
    SET state = $2, confirmed_at = $3, source = $4, invitation_id = $5, confirm_by = NULL WHERE id = $1
    """,
)
TIME_TO_CONFIRM = timedelta(hours=1)
GONE = (State.CANCELLED,)


def register(
    *,
    meeting: Meeting,
    details: RegistrationDetails,
    by=None,
    source: str,
    invitation: Invitation | None = None,
    now: datetime | None = None,
) -> Registration:
    """Give the person a place, or a place in the queue. Returns their one registration, whatever happened before.

    From the public page the place is held for an hour until the address is confirmed; by a personal link, signed in
    with that address, or by staff, they are registered at once. Where a live registration exists it is returned: a
    double click does nothing, and a stranger who types a known address changes and learns nothing; its holder is mailed
    their link instead. Raises Refusal when the meeting takes no registrations now, or none without an invitation.
    """
    refuse_if_closed(meeting, now or timezone.now())
    refuse_uninvited(meeting, details.address, invitation)
    with transaction.atomic():
        locked = seats.lock(meeting.pk)
        now = now or timezone.now()
        refuse_if_closed(locked, now)
        room = seats.room_at(locked, now, details.address)
        found = seats.lock_person(Registration(pk=room.known, meeting=locked)) if room.known else None
        if found and found.state not in GONE:
            return _again(found, details, room, by=by, source=source, invitation=invitation, now=now)
        registration = found or Registration(pk=room.new, meeting=locked, email=details.address)
        registration.source, registration.place = source, details.place
        answers.apply(registration, details)
        if by is not None and by.is_authenticated and by.email == details.address:
            registration.user = by
        if invitation:
            registration.invitation = invitation
        with together():
            place_or_queue(registration, room, now=now, verified=source != Source.PUBLIC)
            answers.keep_needs(registration, details, is_new=found is None)
            _tell(registration, by=by)
        return registration


def place_or_queue(registration: Registration, room: Room, *, now: datetime, verified: bool) -> None:
    """Save the registration with a seat, or at the end of the queue; a return counts one round more.

    A newcomer never overtakes the queue: while places are still offered in turn, a seat somebody waits for is theirs.
    The caller holds the meeting's lock.
    """
    meeting = registration.meeting
    pool = room.pool_for(registration.place_id)
    if pool and offers.offer_end(meeting, now) and room.is_wanted(pool, registration.place_id):
        pool = None
    if pool:
        seats.give(registration, room, pool)
        to = State.REGISTERED if verified else State.HELD
    else:
        to, registration.queued_at, registration.ahead = State.WAITING, now, room.waiting.total()
    is_new = not registration.state
    if not is_new:
        states.check(registration, to)
        registration.round += 1
    registration.state = to
    registration.confirmed_at = now if verified else None
    registration.confirm_by = None if verified else min(now + TIME_TO_CONFIRM, meeting.starts_at)
    registration.cancelled_at = registration.offered_until = None
    if is_new:
        ADD.add(registration)
    else:
        registration.save()
    seats.mark_full(meeting, room)
    if verified:
        accept_invitation(registration, now)


def _tell(registration: Registration, *, by) -> None:
    audit.record(
        by=by,
        verb="registration.made",
        subject=registration,
        state=registration.state,
        source=registration.source,
        round=registration.round,
    )
    if registration.confirmed_at is None:
        emails.confirm_address(registration)
    elif registration.state == State.WAITING:
        emails.waiting_list_joined(registration)
    else:
        emails.registration_confirmed(registration)


def _again(
    registration: Registration, details: RegistrationDetails, room: Room, *, by, source, invitation, now
) -> Registration:
    """What a second registration for the same address does to the first: the less, the less we know who is asking."""
    if registration.confirmed_at is not None:
        if source == Source.PUBLIC:
            emails.links_resent(registration, now=now)
        return registration
    answers.apply(registration, details)
    move_to_place(registration, details.place, room)  # where that place has no seat, they keep the one they have
    registration.save()
    answers.keep_needs(registration, details)
    if source == Source.PUBLIC:
        emails.links_resent(registration, now=now)
        return registration
    registration.source = source
    registration.invitation = invitation or registration.invitation
    return _confirm_locked(registration, by=by, now=now)


def confirm(*, registration: Registration, by=None, now: datetime | None = None) -> Registration:
    """The holder of the link confirms the address. Returns the registration: registered, or in the queue for good.

    Submitting twice does no harm. Raises Refusal when the hour is over, and gives the place to the next person.
    """
    with transaction.atomic():
        queued = registration.state != State.HELD
        if queued:  # a place may have to be given: the meeting is locked first, then the person
            seats.lock(registration.meeting_id)
        person = seats.lock_person(registration)
        now = now or timezone.now()
        if person.state in GONE:
            raise Refusal("You did not confirm your email address within the hour. You can register again.")
        if person.confirmed_at is not None:
            return person
        refuse_if_over(person.meeting, now)
        in_time = now < person.confirm_by
        if in_time and (queued or person.state == State.HELD):
            return _confirm_locked(person, by=by, now=now)
    if in_time:  # since it was read, the held place was given up and the person joined the queue
        return confirm(registration=person, by=by, now=now)
    lapse_hold(registration=person, now=now)
    raise Refusal("You did not confirm your email address within the hour. You can register again.")


def _confirm_locked(person: Registration, *, by, now: datetime) -> Registration:
    """Confirm the address. A held seat becomes theirs; a person in the queue takes a seat if it is their turn."""
    person.confirmed_at, person.confirm_by = now, None
    if person.state == State.HELD:
        states.check(person, State.REGISTERED)
        person.state = State.REGISTERED
    else:
        room = seats.room_at(person.meeting, now)
        if not room.is_full:  # the queue is read, and this person is in it
            _keep_confirmed(person)
        offers.fill_locked(person.meeting, room, now, present=person)
    accept_invitation(person, now)
    with together():
        _keep_confirmed(person)
        audit.record(by=by, verb="registration.confirmed", subject=person, state=person.state)
        if person.state == State.REGISTERED:
            emails.registration_confirmed(person)
        else:
            emails.waiting_list_joined(person)
    return person


def _keep_confirmed(person: Registration) -> None:
    values = [getattr(person, name) for name in ("pk", "state", "confirmed_at", "source", "invitation_id")]
    CONFIRMED.write(values)


def accept_invitation(registration: Registration, now: datetime) -> None:
    """A person who registers has answered their invitation, whichever way they came."""
    if getattr(registration, "is_invited", True):
        Invitation.objects.filter(meeting=registration.meeting_id, email=registration.email).update(
            accepted_at=Coalesce("accepted_at", now), declined_at=None, answered_by=None
        )
    if registration.invitation:
        outbox.withdraw(about=about_invitation(registration.invitation), because="They answered before this was sent.")


@transaction.atomic
def lapse_hold(*, registration: Registration, now: datetime) -> None:
    """End one hold whose hour is over, and offer the place to the next."""
    meeting = seats.lock(registration.meeting_id)
    if lapse_holds_locked(meeting, now):
        offers.fill_locked(meeting, seats.room_at(meeting, now), now)


def lapse_holds_locked(meeting: Meeting, now: datetime) -> int:
    """End the holds and unconfirmed queue places whose hour is over; returns how many. Nobody is mailed: the address
    was never known to be theirs. The caller holds the meeting's lock, and fills the places afterwards."""
    late = Registration.objects.filter(
        meeting=meeting, state__in=[State.HELD, State.WAITING], confirmed_at__isnull=True, confirm_by__lte=now
    )
    people = list(late.select_for_update())
    for person in people:
        person.meeting = meeting
        states.check(person, State.CANCELLED)
        seats.free(person)
        person.state, person.cancelled_at, person.queued_at, person.confirm_by = State.CANCELLED, now, None, None
        person.save()
        audit.record(by=None, verb="registration.not_confirmed", subject=person)
    return len(people)


@transaction.atomic
def send_links(*, address: str, now: datetime | None = None) -> None:
    """Mail the person at this address the links of their registrations for meetings to come; say nothing to the asker."""
    now = now or timezone.now()
    found = Registration.objects.filter(email=address.strip().lower(), meeting__ends_at__gt=now)
    for person in found.exclude(meeting__state=Meeting.State.DRAFT).select_related("meeting"):
        emails.links_resent(person, now=now)

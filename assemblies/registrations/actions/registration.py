"""Registering: a place under the meeting's lock, or a place in the queue, and the confirmation of an address."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import refuse_if_closed, refuse_if_over
from assemblies.registrations import emails
from assemblies.registrations.actions import capacity, offers, unproved
from assemblies.registrations.actions import details as answers
from assemblies.registrations.actions.answered import accept_invitation
from assemblies.registrations.actions.change import move_to_place
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership import audit, states
from partnership.refusals import Refusal

State, Source = Registration.State, Registration.Source
TIME_TO_CONFIRM = timedelta(hours=1)
HOUR_IS_OVER = "You did not confirm your email address within the hour. You can register again."


@transaction.atomic
def register(
    *,
    meeting: Meeting,
    details: RegistrationDetails,
    by=None,
    source: str,
    invitation: Invitation | None = None,
    network: str = "",
    now: datetime | None = None,
) -> Registration:
    """Give the person a place, or a place in the queue. Returns their one registration, whatever happened before.

    From the public page the place is held for an hour until the address is confirmed; by a personal link, signed in
    with that address, or by staff, they are registered at once. Where a registration exists it is returned (see
    `_again`): from the public page none of its answers change, which tells a stranger nothing; its holder is emailed
    their link. From one `network` only so many places are held at a time: who comes after has to confirm first. Raises
    Refusal when the meeting takes no registrations now, or none without an invitation.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    now = now or timezone.now()
    refuse_if_closed(meeting, now)
    _refuse_uninvited(meeting, details.address, invitation)
    found = next(iter(meeting.registrations.locked().filter(email=details.address).order_by()), None)
    if found and (found.state != State.CANCELLED or source == Source.PUBLIC):
        return _again(found, details, by=by, source=source, invitation=invitation, network=network, now=now)
    registration = found or Registration(meeting=meeting, email=details.address)
    registration.source, registration.place = source, details.place
    answers.apply(registration, details)
    if by is not None and by.is_authenticated and by.email == details.address:
        registration.user = by
    if invitation:
        registration.invitation = invitation
    place_or_queue(registration, now=now, verified=source != Source.PUBLIC, network=network)
    answers.keep_needs(registration, details)
    _record(registration, by)
    if registration.confirmed_at is None:
        emails.confirm_address(registration)
    else:
        tell(registration)
    return registration


def _record(registration: Registration, by) -> None:
    audit.record(
        by=by,
        verb="registration.made",
        subject=registration,
        state=registration.state,
        source=registration.source,
        round=registration.round,
    )


def _refuse_uninvited(meeting: Meeting, address: str, invitation: Invitation | None) -> None:
    """Raises Refusal at a meeting by invitation, unless an invitation was sent to this address."""
    if not meeting.by_invitation or (invitation and invitation.meeting_id == meeting.pk):
        return
    if not meeting.invitations.sent().filter(email=address).exists():
        raise Refusal("This meeting is by invitation. Use the link in your invitation, or ask the organisers for one.")


def place_or_queue(registration: Registration, *, now: datetime, verified: bool, network: str = "") -> None:
    """Save the registration with a place, or at the end of the queue; a return counts one round more.

    A newcomer never overtakes the queue: while places are still offered in turn, one that somebody waits for is theirs.
    The caller holds the meeting's lock.
    """
    meeting = registration.meeting
    # full: nobody could be given a place
    standing = None if meeting.full else capacity.standing_of(meeting, now, network=network)
    pool = standing and standing.pool_for(registration.place_id)
    if pool and offers.offer_end(meeting, now) and standing.is_wanted(pool, registration.place_id):
        pool = None
    registration.confirm_first = bool(pool and not verified and standing.holds_enough_here)
    if pool and not registration.confirm_first:
        capacity.give(registration, standing, pool)
        to = State.REGISTERED if verified else State.HELD
    else:
        to, registration.queued_at = State.WAITING, now
    if registration.pk:
        registration.round += 1
    states.enter(registration, to)
    is_held = to == State.HELD
    registration.held_at, registration.held_from = (now, network) if is_held else (None, "")
    registration.confirmed_at = now if verified else None
    registration.confirm_by = None if verified else min(now + TIME_TO_CONFIRM, meeting.starts_at)
    registration.cancelled_at = registration.offered_until = None
    registration.save()
    if standing:
        capacity.mark_full(meeting, standing)
    if verified:
        accept_invitation(registration, now)


def tell(registration: Registration) -> None:
    """Email a person whose address is confirmed that they have a place, or wait for one."""
    if registration.state == State.WAITING:
        emails.waiting_list_joined(registration)
    else:
        emails.registration_confirmed(registration)


def _again(
    registration: Registration, details: RegistrationDetails, *, by, source, invitation, network: str, now: datetime
) -> Registration:
    """Registers an address a second time. From the public page its holder is emailed their link, and no more: what is said
    there is kept beside until the address is confirmed (see `unproved`), and not at all while a confirmed registration
    stands. Any other way confirms the address, with the new answers.
    """
    if source == Source.PUBLIC:
        return _unproved(registration, details, by=by, network=network, now=now)
    if registration.confirmed_at is not None:
        return registration
    answers.apply(registration, details)
    standing = capacity.standing_of(registration.meeting, now)
    move_to_place(registration, details.place, standing)  # where that place has none left, they keep the one they have
    registration.save()
    answers.keep_needs(registration, details)
    unproved.discard(registration=registration, by=by)
    registration.source = source
    registration.invitation = invitation or registration.invitation
    return _confirm_locked(registration, by=by, now=now)


def _unproved(
    registration: Registration, details: RegistrationDetails, *, by, network: str, now: datetime
) -> Registration:
    """Somebody registers a known address from the public page. Where they had
    cancelled, or their hour was over, a place is held again until they confirm."""
    if registration.state != State.CANCELLED and registration.confirmed_at is not None:
        emails.links_resent(registration, now=now)
        return registration
    version = unproved.keep(registration, details, now)
    if registration.state == State.CANCELLED:
        place_or_queue(registration, now=now, verified=False, network=network)
        _record(registration, by)
        emails.confirm_address(registration, answers=version)
    else:
        emails.links_resent(registration, now=now, answers=version)
    return registration


def confirm(*, registration: Registration, answers: str = "", by=None, now: datetime | None = None) -> Registration:
    """The holder of the link confirms the address. Returns the registration: registered, or in the queue for good.

    `answers` is the version of the later answers that their link stands for; those are used (see `unproved`).
    Submitting twice does no harm. Raises Refusal when the hour is over, and gives the place to the next person.
    """
    with transaction.atomic():
        meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
        person = meeting.registrations.locked().get(pk=registration.pk)
        confirmed = _confirm_in_time(person, answers, by=by, now=now or timezone.now())
    if not confirmed:
        lapse_hold(registration=person, now=now or timezone.now())
        raise Refusal(HOUR_IS_OVER)
    return person


def _confirm_in_time(person: Registration, version: str, *, by, now: datetime) -> bool:
    """Confirm the address if the hour is not over; returns whether it was. Submitting twice changes nothing."""
    if person.state == State.CANCELLED:
        raise Refusal(HOUR_IS_OVER)
    if person.confirmed_at is not None:
        return True
    refuse_if_over(person.meeting, now)
    if now >= person.confirm_by:
        return False
    unproved.use_locked(person, version, now)
    _confirm_locked(person, by=by, now=now)
    return True


def _confirm_locked(person: Registration, *, by, now: datetime) -> Registration:
    """Confirm the address. A held place becomes theirs; a person in the queue is given one if it is their turn."""
    person.confirmed_at, person.confirm_by = now, None
    person.held_at, person.held_from, person.confirm_first = None, "", False
    if person.state == State.HELD:
        states.enter(person, State.REGISTERED)
    person.save()
    if person.state == State.WAITING and not person.meeting.full:
        offers.fill_locked(person.meeting, capacity.standing_of(person.meeting, now), now, present=person)
    accept_invitation(person, now)
    audit.record(by=by, verb="registration.confirmed", subject=person, state=person.state)
    tell(person)
    return person


@transaction.atomic
def lapse_hold(*, registration: Registration, now: datetime) -> None:
    """End one hold whose hour is over, and offer the place to the next."""
    meeting = Meeting.objects.locked().get(pk=registration.meeting_id)
    if lapse_holds_locked(meeting, now):
        offers.fill_locked(meeting, capacity.standing_of(meeting, now), now)


def lapse_holds_locked(meeting: Meeting, now: datetime) -> int:
    """End the holds and unconfirmed queue places whose hour is over; returns how many. Nobody is emailed: the address
    was never known to be theirs. The caller holds the meeting's lock, and fills the places afterwards."""
    late = meeting.registrations.locked().filter(
        state__in=[State.HELD, State.WAITING], confirmed_at__isnull=True, confirm_by__lte=now
    )
    people = list(late)
    for person in people:
        states.enter(person, State.CANCELLED)
        capacity.free(person)
        person.cancelled_at, person.queued_at, person.confirm_by = now, None, None
        person.held_at, person.held_from, person.confirm_first = None, "", False
        person.save()
        audit.record(by=None, verb="registration.not_confirmed", subject=person)
    return len(people)


@transaction.atomic
def send_links(*, address: str, now: datetime | None = None) -> None:
    """Email the person at this address the links of their registrations for meetings to come; say nothing to the asker."""
    now = now or timezone.now()
    found = Registration.objects.filter(email=address.strip().lower(), meeting__ends_at__gt=now)
    for person in found.exclude(meeting__state=Meeting.State.DRAFT).select_related("meeting"):
        emails.links_resent(person, now=now)

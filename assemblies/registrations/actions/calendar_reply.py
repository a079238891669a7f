"""Answers from people's calendars: yes gives a place, no declines, perhaps is noted. Whatever is odd is for staff to look at.

A reply counts if the key of the address it was sent to, the UID and the ATTENDEE agree, and if it came from that person's
address: the key was emailed to them alone. Nothing else changes anything.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assemblies.invitations.models import Invitation
from assemblies.meetings import calendar, reply_address
from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import cancellation, offers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.actions.invitation import decline
from assemblies.registrations.calendar_reply import Reply
from assemblies.registrations.models import CalendarReply, Registration
from partnership import audit
from partnership.refusals import Refusal

log = logging.getLogger(__name__)

State, Outcome = Registration.State, CalendarReply.Outcome
MOST_TO_LOOK_AT = 500  # anybody can send replies: more than that nobody looks at
FORWARDED = "The invitation was not sent to this address. It may have been passed on, or answered from another address of theirs."
NOT_INVITED = "They have no invitation to this meeting, and no registration."


@transaction.atomic
def take(*, reply: Reply, now: datetime | None = None) -> bool:
    """Does what a reply says, once; returns whether it changed anything for the person."""
    if CalendarReply.objects.filter(digest=reply.digest).exists():
        return False
    now = now or timezone.now()
    meeting = _meeting(reply.uid)
    made = CalendarReply(
        meeting=meeting,
        email=reply.attendee,
        sender=reply.sender,
        answer=reply.answer,
        sequence=reply.sequence if not reply.trouble else 0,
        stamped_at=min(reply.stamped_at, now) if reply.stamped_at else None,
        digest=reply.digest,
        received_at=now,
    )
    made.because = reply.trouble or _stranger(reply, meeting)
    if made.because:
        return _for_staff(made)
    assert meeting is not None
    if _is_older(made, meeting):
        made.outcome = Outcome.OLDER
        made.save()
        return False
    try:
        changed = _answer(made, meeting, now)
    except Refusal as refusal:
        made.because = refusal.message[:500]
        return _for_staff(made)
    made.outcome = Outcome.DONE
    made.save()
    audit.record(by=None, verb="calendar_reply.taken", subject=made, answer=made.said, changed=changed)
    return changed


@transaction.atomic
def settle(*, reply: CalendarReply, by) -> None:
    """Staff have dealt with a reply. Twice does no harm."""
    if CalendarReply.objects.to_look_at().filter(pk=reply.pk).update(settled_at=timezone.now(), settled_by=by):
        audit.record(by=by, verb="calendar_reply.settled", subject=reply)


def _meeting(uid: str) -> Meeting | None:
    """The meeting of an entry of ours, locked: two replies of one person wait for each other."""
    name, _, domain = uid.partition("@")
    try:
        number = UUID(name)
    except ValueError:
        return None
    if domain.lower() != settings.CALENDAR_DOMAIN.lower():
        return None
    return Meeting.objects.published().locked().filter(uid=number).first()


def _stranger(reply: Reply, meeting: Meeting | None) -> str:
    """Why the reply is not one of a person we invited, in words for staff; "" where it is."""
    if meeting is None:
        return "It is about a meeting that we do not know."
    if not any(reply_address.belongs(key, calendar.uid(meeting), reply.attendee) for key in reply.keys):
        return FORWARDED
    if reply.sender != reply.attendee:
        return "It came from another address than the one we invited."
    return ""


def _for_staff(made: CalendarReply) -> bool:
    if CalendarReply.objects.to_look_at().count() >= MOST_TO_LOOK_AT:
        log.warning("a reply from a calendar was not kept: %s are waiting for staff", MOST_TO_LOOK_AT)
        return False
    made.outcome = Outcome.ODD
    made.save()
    return False


def _is_older(made: CalendarReply, meeting: Meeting) -> bool:
    """Whether they said something else later: in their calendar, or by a link of their own."""
    last = CalendarReply.objects.counted().filter(meeting=meeting, email=made.email).first()
    if last and (made.order < last.order or (made.order == last.order and made.answer == last.answer)):
        return True
    since = last.received_at if last else None
    return any(at > made.stamped_at and (since is None or at > since) for at in _answered_at(meeting, made.email))


def _answered_at(meeting: Meeting, email: str) -> list[datetime]:
    """When they answered, in any way."""
    invited = meeting.invitations.filter(email=email).values_list("accepted_at", "declined_at")
    registered = meeting.registrations.filter(email=email).values_list("confirmed_at", "cancelled_at")
    return [at for row in (*invited, *registered) for at in row if at]


def _answer(made: CalendarReply, meeting: Meeting, now: datetime) -> bool:
    invitation = meeting.invitations.sent().filter(email=made.email).first()
    person = meeting.registrations.filter(email=made.email).first()
    if invitation is None and (person is None or person.confirmed_at is None):
        raise Refusal(NOT_INVITED)
    if made.answer == "ACCEPTED":
        return _accept(meeting, invitation, person, now)
    if made.answer == "DECLINED":
        return _decline(invitation, person, now)
    return False  # TENTATIVE: noted


def _accept(meeting: Meeting, invitation: Invitation | None, person: Registration | None, now: datetime) -> bool:
    """Gives a place, or one on the waiting list, with what is known of them; the email asks for the rest by link."""
    if person and person.confirmed_at and person.state not in (State.OFFERED, State.CANCELLED):
        return False
    if person and person.state == State.OFFERED:
        offers.accept(registration=person, now=now)
    elif person and person.confirmed_at:
        cancellation.come_back(registration=person, now=now)
    else:
        assert invitation is not None
        details = RegistrationDetails(
            email=invitation.email,
            name=invitation.name,
            organisation=invitation.organisation,
            kind=invitation.kind,
            role=invitation.role,
            place=invitation.place,
        )
        source = Registration.Source.CALENDAR
        registration.register(meeting=meeting, details=details, source=source, invitation=invitation, now=now)
    return True


def _decline(invitation: Invitation | None, person: Registration | None, now: datetime) -> bool:
    if invitation is not None and not invitation.declined_at:
        decline(invitation=invitation, now=now)
        return True
    if person is not None and person.state != State.CANCELLED:
        cancellation.cancel(registration=person, now=now)
        return True
    return False

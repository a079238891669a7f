"""The answer to an invitation: declined, or accepted for the person by staff."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.invitations.emails.invitation import about
from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import refuse_if_over
from assemblies.registrations.actions import cancellation, registration
from assemblies.registrations.actions.answered import accept_invitation
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership import audit, outbox


@transaction.atomic
def decline(*, invitation: Invitation, by=None, now: datetime | None = None) -> Invitation:
    """The person is not coming; returns the invitation. A place they hold goes to the next. Twice does no harm.

    `by` is who of the staff answered for them, None for the person. Raises Refusal once the meeting has started or been
    cancelled.
    """
    now = now or timezone.now()
    meeting = Meeting.objects.locked().get(pk=invitation.meeting_id)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    found.meeting = meeting
    if found.declined_at:
        return found
    refuse_if_over(meeting, now)
    held = Registration.objects.filter(meeting=meeting, email=found.email).first()
    if held and held.state != Registration.State.CANCELLED:
        cancellation.cancel(registration=held, by=by, now=now)
    found.accepted_at, found.declined_at, found.answered_by = None, now, by
    found.save(update_fields=["accepted_at", "declined_at", "answered_by"])
    outbox.withdraw(about=about(found), because="They declined before this was sent.")
    audit.record(by=by, verb="invitation.declined", subject=found)
    return found


@transaction.atomic
def accept_for(*, invitation: Invitation, by, attendance: str = "") -> Registration:
    """Staff say that the person is coming; returns their registration, which may be on the waiting list.

    Recorded as answered by staff; the person gets the confirmation. Raises Refusal when the meeting takes nobody now.
    """
    details = RegistrationDetails(
        email=invitation.email,
        name=invitation.name,
        organisation=invitation.organisation,
        kind=invitation.kind,
        role=invitation.role,
        place=invitation.place,
        attendance=attendance,
    )
    made = registration.register(
        meeting=invitation.meeting, details=details, by=by, source=Registration.Source.STAFF, invitation=invitation
    )
    accept_invitation(made, timezone.now())
    Invitation.objects.filter(pk=invitation.pk).update(answered_by=by)
    audit.record(by=by, verb="invitation.accepted_for", subject=invitation)
    return made

"""An invitation is answered by registering."""

from datetime import datetime

from django.db.models.functions import Coalesce

from assemblies.invitations.emails.invitation import about as about_invitation
from assemblies.invitations.models import Invitation
from assemblies.registrations.models import Registration
from partnership import outbox


def accept_invitation(registration: Registration, now: datetime) -> None:
    """A person who registers has answered their invitation, whichever way they came; their entry in a calendar is a later one
    than the invitation's."""
    answered = Invitation.objects.filter(meeting=registration.meeting_id, email=registration.email).update(
        accepted_at=Coalesce("accepted_at", now), declined_at=None, answered_by=None
    )
    if answered:
        registration.calendar_changes += 1
        Registration.objects.filter(pk=registration.pk).update(calendar_changes=registration.calendar_changes)
    if registration.invitation:
        outbox.withdraw(about=about_invitation(registration.invitation), because="They answered before this was sent.")

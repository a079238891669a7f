"""How far invitations have come, as lists and the visibility of meetings ask for it."""

from collections.abc import Collection

from django.db.models import QuerySet

from assemblies.invitations.models import Invitation
from assemblies.meetings.guests import Status

Standing = Invitation.Standing
STATUS: dict[str, Status] = {
    Standing.WAITING: ("Being invited", "blue"),
    Standing.DELIVERED: ("Invited, no answer yet", "yellow"),
    Standing.BOUNCED: ("Could not be delivered", "red"),
    Standing.REFUSED: ("Refused by their mail system", "orange"),
    Standing.ACCEPTED: ("Accepted", "green"),
    Standing.DECLINED: ("Declined", "red"),
}


def meetings_of(email: str) -> QuerySet:
    """The ids of meetings to which the address was sent an invitation."""
    return Invitation.objects.filter(email=email, sent_at__isnull=False).values("meeting")


def status_of(meeting_id: int, emails: Collection[str]) -> dict[str, Status]:
    """The status of each address that is invited to the meeting. One query."""
    invited = Invitation.objects.filter(meeting=meeting_id, email__in=emails).with_standing()
    return {email: STATUS[standing] for email, standing in invited.values_list("email", "standing")}

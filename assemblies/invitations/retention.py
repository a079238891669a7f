"""What this app holds about people, and until when."""

from django.conf import settings

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from partnership import dates, retention

retention.personal(
    "invitations.Invitation",
    what="invitations to a meeting: names, addresses, organisations",
    fields=("email", "name", "organisation", "kind", "role", "key"),
    seen_by="staff",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting",
)


@retention.deletes(retention.ATTENDEES)
def invitations(meeting: Meeting) -> dict[str, int]:
    found = Invitation.objects.filter(meeting=meeting)
    counts = {"invitations": found.count()}
    found.delete()
    return counts

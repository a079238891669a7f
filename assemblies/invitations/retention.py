"""What this app holds about people, and until when."""

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from partnership import retention

retention.personal(
    "invitations.Invitation",
    fields=("email", "name", "organisation", "kind", "role", "key"),
    seen_by="staff",
    until="12 months after the meeting",
)


@retention.deletes(retention.ATTENDEES)
def invitations(meeting: Meeting) -> dict[str, int]:
    found = Invitation.objects.filter(meeting=meeting)
    counts = {"invitations": found.count()}
    found.delete()
    return counts

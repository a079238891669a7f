"""What this app holds about people, and until when."""

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Needs, Registration
from partnership import retention

retention.personal(
    "registrations.Registration",
    fields=("email", "name", "user", "organisation", "kind", "role", "key", "held_from"),
    seen_by="staff",
    until="12 months after the meeting",
)
retention.personal(
    "registrations.Needs",
    fields=("access", "access_other", "language", "dietary", "expenses"),
    seen_by="staff who organise the meeting; names only on request, which is recorded",
    until="30 days after the meeting",
)
retention.personal(
    "registrations.ExitAnswer",
    fields=("registration", "text"),
    seen_by="everybody, by place, without a name",
    until="kept; the link to the person goes with the registration",
)


@retention.deletes(retention.NEEDS)
def needs(meeting: Meeting) -> dict[str, int]:
    """Access and dietary answers. Source: DOMAIN §3."""
    _, deleted = Needs.objects.filter(registration__meeting=meeting).delete()
    return {"needs": deleted.get("registrations.Needs", 0)}


@retention.deletes(retention.ATTENDEES)
def registrations(meeting: Meeting) -> dict[str, int]:
    found = Registration.objects.filter(meeting=meeting)
    counts = {"registrations": found.count()}
    found.delete()
    return counts

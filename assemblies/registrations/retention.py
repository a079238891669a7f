"""What this app holds about people, and until when."""

from django.conf import settings

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Needs, Registration
from partnership import dates, retention

retention.personal(
    "registrations.Registration",
    what="registrations for a meeting: name, email address, organisation, role, place",
    fields=("email", "name", "user", "organisation", "kind", "role", "key", "held_from"),
    seen_by="staff",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting",
)
retention.personal(
    "registrations.Needs",
    what="access and dietary needs, and help with expenses",
    fields=("access", "access_other", "language", "dietary", "expenses"),
    seen_by="staff who organise the meeting; names only on request, which is recorded",
    until=f"{dates.how_long(settings.NEEDS_KEPT_DAYS)} after the meeting",
)
retention.personal(
    "registrations.ExitAnswer",
    what="answers to the questions at the end of a meeting",
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

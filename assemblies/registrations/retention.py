"""What this app holds about people, and until when."""

from datetime import datetime, timedelta

from django.conf import settings

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import unproved
from assemblies.registrations.models import CalendarReply, Needs, Registration
from partnership import dates, retention

STRANGE_REPLIES_KEPT_FOR = timedelta(days=90)

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
    "registrations.UnprovedAnswers",
    what="answers given with an email address that nobody has confirmed",
    fields=("answers",),
    seen_by="the holder of the address alone",
    until="a week, or until they are used or deleted",
)
retention.personal(
    "registrations.CalendarReply",
    what="answers from people's calendars that did not fit an invitation",
    fields=("email", "sender", "answer", "because"),
    seen_by="staff",
    until="12 months after the meeting; 90 days where it is about none of ours",
)
retention.personal(
    "registrations.ExitAnswer",
    what="answers to the questions at the end of a meeting",
    fields=("registration", "text"),
    seen_by="everybody, by place, without a name",
    until="kept; the link to the person goes with the registration",
)


@retention.deletes(retention.EVERY_HOUR)
def unproved_answers(now: datetime) -> dict[str, int]:
    strange = CalendarReply.objects.filter(meeting=None, received_at__lt=now - STRANGE_REPLIES_KEPT_FOR)
    return {"later_answers": unproved.forget(now), "calendar_replies": strange.delete()[0]}


@retention.deletes(retention.NEEDS)
def needs(meeting: Meeting) -> dict[str, int]:
    """Access and dietary answers. Source: DOMAIN §3."""
    _, deleted = Needs.objects.filter(registration__meeting=meeting).delete()
    return {"needs": deleted.get("registrations.Needs", 0)}


@retention.deletes(retention.ATTENDEES)
def registrations(meeting: Meeting) -> dict[str, int]:
    found, replies = Registration.objects.filter(meeting=meeting), CalendarReply.objects.filter(meeting=meeting)
    counts = {"registrations": found.count(), "calendar_replies": replies.count()}
    found.delete()
    replies.delete()
    return counts

"""What this app holds about people, and until when."""

from django.conf import settings

from assemblies.meetings.models import Follower, Meeting
from partnership import dates, retention

retention.personal(
    "meetings.Follower",
    what="who follows a meeting",
    fields=("email", "key"),
    seen_by="staff",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting",
)
retention.personal(
    "meetings.Meeting",
    what="who signs the letter of a meeting, and which staff organise it",
    fields=("letter_from", "organisers"),
    seen_by="everybody, once it is published; who organises it, staff",
    until="kept: who signed the letter of a public meeting is public record; who organises it, as long as the account",
)
retention.personal(
    "meetings.PersonalFeed",
    what="the private address of your calendar",
    fields=("user", "secret"),
    seen_by="the person",
    until="goes with the account, or when they renew it",
)


@retention.deletes(retention.ATTENDEES)
def followers(meeting: Meeting) -> dict[str, int]:
    found = Follower.objects.filter(meeting=meeting)
    counts = {"followers": found.count()}
    found.delete()
    return counts

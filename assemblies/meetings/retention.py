"""What this app holds about people, and until when."""

from assemblies.meetings.models import Follower, Meeting
from partnership import retention

retention.personal("meetings.Follower", fields=("email", "key"), seen_by="staff", until="12 months after the meeting")
retention.personal(
    "meetings.Meeting",
    fields=("letter_from",),
    seen_by="everybody, once it is published",
    until="kept: who signed the letter of a public meeting is public record",
)
retention.personal(
    "meetings.PersonalFeed",
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

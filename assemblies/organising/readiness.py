"""What a meeting still lacks before it can be published."""

from datetime import datetime

from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.organising import coherence


def missing_where(meeting: Meeting) -> list[str]:
    """Returns what must still be said about how people attend, as `missing` does."""
    wanted = [
        (not meeting.has_room or meeting.venue_name, "name the venue"),
        (not meeting.has_room or meeting.venue_address, "give the address of the venue"),
        (not meeting.has_room or meeting.venue_access, "say how to get in and around the venue"),
        (not meeting.has_link or meeting.joining_link, "give the joining link"),
    ]
    return [what for done, what in wanted if not done]


def missing(meeting: Meeting, now: datetime | None = None) -> list[str]:
    """Returns what must be done first, each in words that can follow "Before you publish:"."""
    wanted = [
        (meeting.summary, "say what the meeting is about"),
        *((False, what) for what in missing_where(meeting)),
        (meeting.starts_at > (now or timezone.now()), "choose a start in the future"),
        (not coherence.outlives_its_board(meeting), "choose a host board that still exists on that day"),
        *(
            (False, f"take off the {each}, which no longer exists on that day")
            for each in boards_of(meeting)[1:]
            if coherence.ends_before(each, meeting)
        ),
    ]
    if meeting.kind == Meeting.Kind.ASSEMBLY:
        wanted += [
            (meeting.meeting_places.exists(), "choose the places that take part"),
            (meeting.discussion_question, "write the discussion question"),
            (meeting.exit_questions.exists(), "write the exit questions"),
        ]
    return [what for done, what in wanted if not done]

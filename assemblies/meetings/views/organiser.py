"""Finds the meeting for pages that only organisers see."""

from django.http import Http404

from assemblies.meetings.models import Meeting
from partnership.ui.access import refuse_without


def meeting_of_organiser(user, slug: str) -> Meeting:
    """The meeting, for someone who organises it. 404 where the person may not know of it, 403 where they only visit."""
    meeting = Meeting.objects.visible_to(user).select_related("board").filter(slug=slug).first()
    if meeting is None:
        raise Http404
    refuse_without("meetings.organise", user, meeting)
    return meeting

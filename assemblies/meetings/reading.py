"""Which meetings the person behind a request may read about."""

from django.db.models import Q
from django.http import HttpRequest

from assemblies.meetings.models import Meeting
from assemblies.meetings.models.meeting import MeetingQuerySet

INVITED_TO = "invited_to"  # session: ids of meetings whose personal link this browser has opened


def readable(request: HttpRequest) -> MeetingQuerySet:
    """Returns the meetings the person may read about: what they may see, and published meetings by invitation whose
    personal link they have opened in this browser."""
    seen = Meeting.objects.visible_to(request.user)
    invited_to = request.session.get(INVITED_TO)
    if not invited_to:
        return seen
    return Meeting.objects.filter(
        Q(pk__in=seen.values("pk")) | Q(pk__in=Meeting.objects.published().filter(pk__in=invited_to).values("pk"))
    )


def remember_invitation(request: HttpRequest, meeting: Meeting) -> None:
    """Lets this browser read about a meeting by invitation, now that it has opened a personal link to it. For meetings
    open to all nothing is remembered: no cookie without need."""
    known = request.session.get(INVITED_TO, [])
    if meeting.by_invitation and meeting.pk not in known:
        request.session[INVITED_TO] = [*known, meeting.pk][-50:]

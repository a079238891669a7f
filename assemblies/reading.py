"""Which meetings the person behind a request may read about."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from assemblies.models import Meeting
from partnership.ui.kept_facts import kept_while_unchanged

INVITED_TO = "invited_to"  # session: ids of meetings whose personal link this browser has opened


@kept_while_unchanged
def public_meeting(slug: str) -> Meeting | None:
    """A meeting anybody may read about, with the places that take part (`places_asked`: id and name); or None.

    Hundreds register in the minutes after an invitation: each form is made of the same facts. Change nothing of it.
    """
    meeting = Meeting.objects.visible_to(AnonymousUser()).filter(slug=slug).first()
    if meeting:
        meeting.places_asked = list(meeting.meeting_places.values_list("place_id", "place__name"))
    return meeting


def readable(request: HttpRequest) -> QuerySet[Meeting]:
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

"""The meetings of one person's own calendar."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration


def own_calendar(user, since: datetime) -> tuple[list[Meeting], dict[int, str], dict[int, str]]:
    """Returns the meetings the person registered for, was invited to (and has not declined) or follows; the link each
    entry leads back by; and how they attend those where they hold a place, which alone say how to join."""
    registrations = {
        registration.meeting_id: registration
        for registration in Registration.objects.filter(email=user.email).exclude(state="cancelled")
    }
    invited = Q(
        invitations__email=user.email, invitations__sent_at__isnull=False, invitations__declined_at__isnull=True
    )
    follows = Q(followers__email=user.email, followers__confirmed_at__isnull=False)
    named = Meeting.objects.filter(Q(pk__in=registrations) | invited | follows).values("pk")
    meetings = list(
        Meeting.objects.visible_to(user)
        .published()
        .filter(pk__in=named, ends_at__gte=since)
        .order_by("starts_at", "pk")
    )
    links, joining = {}, {}
    for meeting in meetings:
        registration = registrations.get(meeting.pk)
        page = registration.get_absolute_url() if registration else meeting.get_absolute_url()
        links[meeting.pk] = f"{settings.PORTAL_URL}{page}"
        if registration and registration.state in ("registered", "attended"):
            joining[meeting.pk] = registration.attendance
    return meetings, links, joining

"""The meetings of one person's own calendar."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from assemblies.meetings import calendar
from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration

NO_PLACE = calendar.Own(busy=False)  # invited, or following it: only a confirmed place takes up somebody's time


def own_calendar(user, since: datetime) -> tuple[list[Meeting], dict[int, str], dict[int, calendar.Own]]:
    """Returns the meetings the person registered for, was invited to (and has not declined) or follows; the link each
    entry leads back by; and what each entry says of the person's place."""
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
    links, own = {}, {}
    for meeting in meetings:
        registration = registrations.get(meeting.pk)
        page = registration.get_absolute_url() if registration else meeting.get_absolute_url()
        links[meeting.pk] = f"{settings.PORTAL_URL}{page}"
        own[meeting.pk] = registration.own_entry if registration else NO_PLACE
    return meetings, links, own

"""What a place's leads have to do for a meeting: draw up a list and sign it off, introduce the place."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from assemblies.models import InvitationList, Meeting, MeetingPlace
from assemblies.needs.need import Need
from places.models import Place

OPEN_MEETINGS = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]


def lists_to_sign_off(user) -> Iterator[Need]:
    rows = (
        InvitationList.objects.filter(
            place__in=Place.objects.led_by(user).values("pk"),
            state=InvitationList.State.OPEN,
            meeting__state__in=OPEN_MEETINGS,
            meeting__starts_at__gt=timezone.now(),
        )
        .select_related("meeting", "place")
        .order_by("due_on")
    )
    for row in rows:
        yield Need(
            title=f"Sign off the invitation list of {row.place}",
            why=f"Nobody on it is invited to {row.meeting} until you do.",
            url=reverse("manage_list", args=[row.meeting.slug, row.place.slug]),
            due=row.due_on,
        )


def introductions_to_write(user) -> Iterator[Need]:
    rows = MeetingPlace.objects.filter(
        place__in=Place.objects.led_by(user).values("pk"),
        introduction="",
        meeting__state__in=OPEN_MEETINGS,
        meeting__starts_at__gt=timezone.now(),
    ).select_related("meeting", "place")
    for row in rows:
        yield Need(
            title=f"Introduce {row.place}",
            why=f"People coming to {row.meeting} read it on the meeting’s page.",
            url=reverse("manage_introduction", args=[row.meeting.slug, row.place.slug]),
            due=timezone.localdate(row.meeting.starts_at),
        )

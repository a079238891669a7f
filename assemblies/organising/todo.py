"""What a meeting needs to go ahead: to be published, introduced by its places, marked as held."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingPlace
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.todo import Todo
from places.footprint.models import Place

OPEN_MEETINGS = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]


@todo.provider
def meetings_to_publish(user) -> Iterator[Todo]:
    if not is_partnership_staff(user):
        return
    rows = Meeting.objects.filter(state=Meeting.State.DRAFT, starts_at__gt=timezone.now()).order_by("starts_at")
    for row in rows:
        yield Todo(
            title=f"Publish {row}",
            why="It is a draft. Nobody can be invited, and nobody can register.",
            url=reverse("manage", args=[row.slug]),
            due=timezone.localdate(row.starts_at),
        )


@todo.provider
def meetings_to_mark_as_held(user) -> Iterator[Todo]:
    if not is_partnership_staff(user):
        return
    rows = Meeting.objects.filter(state=Meeting.State.PUBLISHED, ends_at__lt=timezone.now()).order_by("starts_at")
    for row in rows:
        yield Todo(
            title=f"Mark {row} as held",
            why="It is over. You can close it once it is marked as held.",
            url=reverse("manage_hold", args=[row.slug]),
        )


@todo.provider
def introductions_to_write(user) -> Iterator[Todo]:
    rows = MeetingPlace.objects.filter(
        place__in=Place.objects.led_by(user).values("pk"),
        introduction="",
        meeting__state__in=OPEN_MEETINGS,
        meeting__starts_at__gt=timezone.now(),
    ).select_related("meeting", "place")
    for row in rows:
        yield Todo(
            title=f"Introduce {row.place}",
            why=f"People coming to {row.meeting} read it on the meeting’s page.",
            url=reverse("manage_introduction", args=[row.meeting.slug, row.place.slug]),
            due=timezone.localdate(row.meeting.starts_at),
        )

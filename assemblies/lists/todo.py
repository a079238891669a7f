"""What an invitation list needs: people and a sign-off; of staff, a reminder."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.todo import Todo
from places.footprint.models import Place

CHASE_FROM = timedelta(days=7)
OPEN_MEETINGS = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]


@todo.provider
def lists_to_sign_off(user) -> Iterator[Todo]:
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
        yield Todo(
            title=f"Sign off the invitation list of {row.place}",
            why=f"Nobody on it is invited to {row.meeting} until you do.",
            url=reverse("manage_list", args=[row.meeting.slug, row.place.slug]),
            due=row.due_on,
        )


@todo.provider
def lists_to_chase(user) -> Iterator[Todo]:
    """Meetings some of whose lists are not signed off, from a week before they are due."""
    if not is_partnership_staff(user):
        return
    rows = (
        InvitationList.objects.filter(
            state=InvitationList.State.OPEN,
            meeting__state=Meeting.State.PUBLISHED,
            meeting__starts_at__gt=timezone.now(),
            due_on__lte=timezone.localdate() + CHASE_FROM,
        )
        .values("meeting__title", "meeting__slug")
        .annotate(open_lists=Count("pk"))
        .order_by("meeting__starts_at")
    )
    for row in rows:
        count = row["open_lists"]
        yield Todo(
            title=f"Chase {count} invitation list{'' if count == 1 else 's'}",
            why=f"{row['meeting__title']}: not signed off yet.",
            url=reverse("manage_lists", args=[row["meeting__slug"]]),
        )

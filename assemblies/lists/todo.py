"""What an invitation list asks for: people and a sign-off; of staff, a reminder."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import WHICH, on_its_day
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.todo import Todo
from places.footprint.models import Place
from places.footprint.rules import is_place_lead

CHASE_FROM = timedelta(days=7)
OPEN_MEETINGS = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    open_lists = InvitationList.objects.filter(state=InvitationList.State.OPEN, meeting__starts_at__gt=timezone.now())
    if is_place_lead(user):
        own = open_lists.filter(place__in=Place.objects.led_by(user).values("pk"), meeting__state__in=OPEN_MEETINGS)
        yield todo.kind(
            sign_off,
            own.order_by("due_on"),
            "due_on",
            place="place__name",
            place_slug="place__slug",
            **WHICH,
        )
    if is_partnership_staff(user):
        due = open_lists.filter(meeting__state=Meeting.State.PUBLISHED, due_on__lte=timezone.localdate() + CHASE_FROM)
        by_meeting = due.values("meeting").annotate(number=Count("pk")).order_by("meeting__starts_at")
        yield todo.kind(chase, by_meeting, "number", first_due_on=Min("due_on"), **WHICH)


def sign_off(row) -> Todo:
    return Todo(
        title=f"Sign off the invitation list of {row.place}",
        why=f"Until then nobody on it is invited to {on_its_day(row.meeting, row.starts_at)}.",
        url=reverse("manage_list", args=[row.slug, row.place_slug]),
        due=row.due_on,
    )


def chase(row) -> Todo:
    """For a meeting with lists that are not signed off, from a week before they are due."""
    return Todo(
        title=f"Chase {row.number} invitation list{'' if row.number == 1 else 's'}",
        why=f"{on_its_day(row.meeting, row.starts_at)}: not signed off yet.",
        url=reverse("manage_lists", args=[row.slug]),
        due=row.first_due_on,
    )

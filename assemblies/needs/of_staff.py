"""What the partnership's staff have to do."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from assemblies.models import Invitation, InvitationList, Meeting
from assemblies.needs.need import Need
from partnership.accounts.rules import is_partnership_staff
from partnership.outbox.models import Message
from partnership.partners.models import Membership

CHASE_FROM = timedelta(days=7)


def memberships_to_decide(user) -> Iterator[Need]:
    count = Membership.objects.waiting().count() if is_partnership_staff(user) else 0
    if count:
        yield Need(
            title=f"Decide on {count} membership{'' if count == 1 else 's'}",
            why="People are waiting to hear whether you accept them.",
            url=reverse("memberships"),
        )


def lists_to_chase(user) -> Iterator[Need]:
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
        yield Need(
            title=f"Chase {count} invitation list{'' if count == 1 else 's'}",
            why=f"{row['meeting__title']}: not signed off yet.",
            url=reverse("manage_lists", args=[row["meeting__slug"]]),
        )


def bounced_invitations(user) -> Iterator[Need]:
    if not is_partnership_staff(user):
        return
    rows = (
        Invitation.objects.visible_to(user)
        .unanswered()
        .filter(message__state=Message.State.FAILED)
        .filter(meeting__state=Meeting.State.PUBLISHED, meeting__starts_at__gt=timezone.now())
        .values("meeting__title", "meeting__slug")
        .annotate(bounced=Count("pk"))
        .order_by("meeting__title")
    )
    for row in rows:
        count = row["bounced"]
        yield Need(
            title=f"Mend {count} address{'' if count == 1 else 'es'} that bounced",
            why=f"{row['meeting__title']}: these people have not had their invitation.",
            url=reverse("manage_invitations", args=[row["meeting__slug"]]),
        )

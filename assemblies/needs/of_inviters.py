"""What staff have to do to get people invited."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from assemblies.models import Invitation, InvitationList, InvitationRun, ListEntry, Meeting, Registration
from assemblies.needs.need import Need
from partnership.accounts.rules import is_partnership_staff


def people_to_invite(user) -> Iterator[Need]:
    """Meetings with people on signed-off lists who have not been invited."""
    if not is_partnership_staff(user):
        return
    same = {"meeting": OuterRef("list__meeting"), "email": OuterRef("email")}
    rows = (
        ListEntry.objects.filter(
            ~Exists(Invitation.objects.filter(**same)),
            ~Exists(Registration.objects.answering().filter(**same)),
            list__state=InvitationList.State.SIGNED_OFF,
            list__meeting__in=Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now()),
        )
        .values("list__meeting__title", "list__meeting__slug")
        .annotate(people=Count("email", distinct=True))
        .order_by("list__meeting__starts_at")
    )
    for row in rows:
        count = row["people"]
        yield Need(
            title=f"Invite {count:,} {'person' if count == 1 else 'people'}",
            why=f"{row['list__meeting__title']}: their lists are signed off.",
            url=reverse("manage_invitations", args=[row["list__meeting__slug"]]),
        )


def runs_under_way(user) -> Iterator[Need]:
    """Invitations that are being written now: to look at, or to come back to."""
    if not is_partnership_staff(user):
        return
    for run in InvitationRun.objects.visible_to(user).unfinished().select_related("meeting"):
        yield Need(
            title=f"Check how the {run.get_purpose_display()} to {run.meeting} are going out",
            why=f"{run.queued:,} of {run.total:,} are ready to send.",
            url=reverse("manage_invitations_run", args=[run.meeting.slug, run.pk]),
        )

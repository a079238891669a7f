"""What invitations need: an answer; of staff, people to invite and addresses to put right."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from assemblies.invitations.models import Invitation, InvitationRun
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings import guests
from assemblies.meetings.models import Meeting
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.outbox.models import Message
from partnership.todo import Todo


@todo.provider
def people_to_invite(user) -> Iterator[Todo]:
    """Meetings with people on signed-off lists who have not been invited."""
    if not is_partnership_staff(user):
        return
    same = {"meeting": OuterRef("list__meeting"), "email": OuterRef("email")}
    rows = (
        ListEntry.objects.filter(
            ~Exists(Invitation.objects.filter(**same)),
            ~Exists(guests.who_registered().answering().filter(**same)),
            list__state=InvitationList.State.SIGNED_OFF,
            list__meeting__in=Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now()),
        )
        .values("list__meeting__title", "list__meeting__slug")
        .annotate(people=Count("email", distinct=True))
        .order_by("list__meeting__starts_at")
    )
    for row in rows:
        count = row["people"]
        yield Todo(
            title=f"Invite {count:,} {'person' if count == 1 else 'people'}",
            why=f"{row['list__meeting__title']}: their lists are signed off.",
            url=reverse("manage_invitations", args=[row["list__meeting__slug"]]),
        )


@todo.provider
def runs_under_way(user) -> Iterator[Todo]:
    """Invitations that are being written now: to look at, or to come back to."""
    if not is_partnership_staff(user):
        return
    for run in InvitationRun.objects.visible_to(user).unfinished().select_related("meeting"):
        yield Todo(
            title=f"Check how the {run.get_purpose_display()} to {run.meeting} are going out",
            why=f"{run.queued:,} of {run.total:,} are ready to send.",
            url=reverse("manage_invitations_run", args=[run.meeting.slug, run.pk]),
        )


@todo.provider
def invitations_to_answer(user) -> Iterator[Todo]:
    """Invitations sent to the person's own, confirmed address that wait for a yes or no."""
    rows = (
        Invitation.objects.unanswered()
        .filter(email=user.email, meeting__state=Meeting.State.PUBLISHED, meeting__starts_at__gt=timezone.now())
        .select_related("meeting")
    )
    for row in rows:
        closes = row.meeting.registration_closes_at or row.meeting.starts_at
        if closes > timezone.now():
            yield Todo(
                title=f"Answer your invitation to {row.meeting}",
                why="Tell us whether you are coming, so that someone else can have a place you do not need.",
                url=reverse("invitation", args=[row.key]),
                due=timezone.localdate(closes),
            )


@todo.provider
def bounced_invitations(user) -> Iterator[Todo]:
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
        yield Todo(
            title=f"Fix {count} address{'' if count == 1 else 'es'} that bounced",
            why=f"{row['meeting__title']}: these people have not had their invitation.",
            url=reverse("manage_invitations", args=[row["meeting__slug"]]),
        )

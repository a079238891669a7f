"""What invitations ask for: an answer; of staff, people to invite and addresses to fix."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from assemblies.invitations.models import Invitation, InvitationRun
from assemblies.invitations.models.invitation import UNUSABLE
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings import guests
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import WHICH, on_its_day
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.dates import short_day
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    now = timezone.now()
    ahead = {"meeting__state": Meeting.State.PUBLISHED, "meeting__starts_at__gt": now}
    closes_at = Coalesce("meeting__registration_closes_at", "meeting__starts_at")
    own = Invitation.objects.unanswered().filter(email=user.email, **ahead).annotate(closes_at=closes_at)
    yield todo.kind(
        answer,
        own.filter(closes_at__gt=now),
        "closes_at",
        "key",
        meeting="meeting__title",
        starts_at="meeting__starts_at",
    )
    if not is_partnership_staff(user):
        return
    of_list = {name: f"list__{path}" for name, path in WHICH.items()}
    yield todo.kind(invite, _people_to_invite(), "number", **of_list)
    runs = InvitationRun.objects.visible_to(user).unfinished()
    yield todo.kind(check_run, runs, "purpose", "pk", "queued", "total", **WHICH)
    failed = Invitation.objects.visible_to(user).unanswered().filter(UNUSABLE, **ahead)
    bounced = failed.values("meeting").annotate(number=Count("pk")).order_by("meeting__title")
    yield todo.kind(fix_addresses, bounced, "number", **WHICH)


def _people_to_invite():
    """Meetings with people on signed-off lists who have not been invited."""
    same = {"meeting": OuterRef("list__meeting"), "email": OuterRef("email")}
    waiting = ListEntry.objects.filter(
        ~Exists(Invitation.objects.filter(**same)),
        ~Exists(guests.who_registered().answering().filter(**same)),
        list__state=InvitationList.State.SIGNED_OFF,
        list__meeting__in=Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now()),
    )
    people = waiting.values("list__meeting").annotate(number=Count("email", distinct=True))
    return people.order_by("list__meeting__starts_at")


def answer(row) -> Todo:
    """For an invitation to the person's own, confirmed address that waits for a yes or no."""
    return Todo(
        title=f"Answer your invitation to {on_its_day(row.meeting, row.starts_at)}",
        why="Tell us whether you are coming, so that someone else can have a place you do not need.",
        url=reverse("invitation", args=[row.key]),
        due=timezone.localdate(row.closes_at),
    )


def invite(row) -> Todo:
    return Todo(
        title=f"Invite {row.number:,} {'person' if row.number == 1 else 'people'}",
        why=f"{on_its_day(row.meeting, row.starts_at)}: their lists are signed off.",
        url=reverse("manage_invitations", args=[row.slug]),
    )


def check_run(row) -> Todo:
    """For a run of invitations that is being written now: to look at, or to come back to."""
    return Todo(
        title=f"Check how the {InvitationRun.Purpose(row.purpose).label} to {row.meeting} are going out",
        why=f"{short_day(row.starts_at)}: {row.queued:,} of {row.total:,} are ready to send.",
        url=reverse("manage_invitations_run", args=[row.slug, row.pk]),
    )


def fix_addresses(row) -> Todo:
    return Todo(
        title=f"Fix {row.number} address{'' if row.number == 1 else 'es'} that bounced",
        why=f"{on_its_day(row.meeting, row.starts_at)}: these people have not had their invitation.",
        url=reverse("manage_invitations", args=[row.slug]),
    )

"""What staff have to do so that a meeting goes ahead: publish it, draft its agenda in time, say that it was held."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from assemblies.models import AgendaItem, Meeting
from assemblies.needs.need import Need
from partnership.accounts.rules import is_partnership_staff

DRAFT_FROM = timedelta(days=14)


def meetings_to_publish(user) -> Iterator[Need]:
    if not is_partnership_staff(user):
        return
    rows = Meeting.objects.filter(state=Meeting.State.DRAFT, starts_at__gt=timezone.now()).order_by("starts_at")
    for row in rows:
        yield Need(
            title=f"Publish {row}",
            why="It is a draft. Nobody can be invited, and nobody can register.",
            url=reverse("manage", args=[row.slug]),
            due=timezone.localdate(row.starts_at),
        )


def agendas_to_draft(user) -> Iterator[Need]:
    """Meetings without a single item on an agenda, from two weeks before the chair's last day to publish it."""
    if not is_partnership_staff(user):
        return
    items = AgendaItem.objects.values("version__meeting")
    rows = (
        Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now())
        .exclude(pk__in=items)
        .select_related("board")
    )
    for row in rows:
        last_day = row.board.latest_day_to_publish(timezone.localdate(row.starts_at))
        if last_day <= timezone.localdate() + DRAFT_FROM:
            yield Need(
                title=f"Draft the agenda for {row}",
                why=f"It has no items yet, and the chair of {row.board} must publish it in time.",
                url=reverse("manage_agenda", args=[row.slug]),
                due=last_day,
            )


def meetings_to_mark_as_held(user) -> Iterator[Need]:
    if not is_partnership_staff(user):
        return
    rows = Meeting.objects.filter(state=Meeting.State.PUBLISHED, ends_at__lt=timezone.now()).order_by("starts_at")
    for row in rows:
        yield Need(
            title=f"Mark {row} as held",
            why="It is over. You can close it once it is marked as held.",
            url=reverse("manage_hold", args=[row.slug]),
        )

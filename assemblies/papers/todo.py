"""What agendas need: items in time, and the chair's press to publish."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion, Document
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.todo import Todo

DRAFT_FROM = timedelta(days=14)


@todo.provider
def changed_agendas_to_publish(user) -> Iterator[Todo]:
    """Agendas in force to which a later version was drafted; newer files that wait on it are named."""
    rows = (
        AgendaVersion.objects.filter(
            state=AgendaVersion.State.DRAFT,
            number__gt=1,
            items__isnull=False,
            meeting__board__in=Board.objects.chaired_by(user).values("pk"),
            meeting__state=Meeting.State.PUBLISHED,
            meeting__starts_at__gt=timezone.now(),
        )
        .select_related("meeting__board")
        .distinct()
    )
    on_them = Document.agenda_items.through.objects.filter(agendaitem__version__in=rows.values("pk"))
    papers: dict[int, list[str]] = {}
    for paper in Document.objects.waiting().filter(pk__in=on_them.values("document")):
        papers.setdefault(paper.meeting_id, []).append(f"“{paper.title}”")
    for row in rows:
        newer = papers.get(row.meeting_id)
        what = f"A newer file of {' and of '.join(newer)} waits" if newer else f"Version {row.number} is drafted"
        yield Todo(
            title=f"Publish the changed agenda for {row.meeting}",
            why=f"{what}. People see version {row.number - 1} until you publish it.",
            url=reverse("manage_agenda_publish", args=[row.meeting.slug]),
            due=row.meeting.board.latest_day_to_publish(timezone.localdate(row.meeting.starts_at)),
        )


@todo.provider
def agendas_to_publish(user) -> Iterator[Todo]:
    rows = (
        Meeting.objects.filter(
            board__in=Board.objects.chaired_by(user).values("pk"),
            state=Meeting.State.PUBLISHED,
            starts_at__gt=timezone.now(),
        )
        .exclude(agenda_versions__state=AgendaVersion.State.PUBLISHED)
        .select_related("board")
        .order_by("starts_at")
    )
    for row in rows:
        yield Todo(
            title=f"Publish the agenda for {row}",
            why=f"{row.board} publishes {row.board.clear_days} clear {row.board.day_kind} days before it meets.",
            url=reverse("manage_agenda", args=[row.slug]),
            due=row.board.latest_day_to_publish(timezone.localdate(row.starts_at)),
        )


@todo.provider
def agendas_to_draft(user) -> Iterator[Todo]:
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
            yield Todo(
                title=f"Draft the agenda for {row}",
                why=f"It has no items yet, and the chair of {row.board} must publish it in time.",
                url=reverse("manage_agenda", args=[row.slug]),
                due=last_day,
            )

"""On the day of a meeting: who records it opens the record; afterwards they end it."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaVersion
from assemblies.sittings.actions.sitting import EARLY
from assemblies.sittings.models import Sitting
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.todo import Todo

RECENT = timedelta(days=2)  # a meeting that nobody recorded is not asked for any longer


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    """For staff, and for who chairs a board of the meeting; it is ended by the chair of its host. One query."""
    now = timezone.now()
    meetings = ends = Meeting.objects.published()
    if not is_partnership_staff(user):
        chaired = [board.pk for board in boards_chaired_by(user, timezone.localdate())]
        if not chaired:
            return
        meetings, ends = meetings.of_boards(chaired), ends.filter(board__in=chaired)
    about = {"title": F("title"), "slug": F("slug"), "day_on": F("starts_at__date")}
    near = meetings.filter(starts_at__lte=now + EARLY, ends_at__gte=now - RECENT, state__in=["published", "held"])
    agendas = AgendaVersion.objects.published().filter(meeting=OuterRef("pk"))
    unrecorded = near.filter(Exists(agendas), sitting=None, kind__in=[Meeting.Kind.BOARD, Meeting.Kind.EXECUTIVE])
    yield todo.kind(open_record, unrecorded.order_by("starts_at"), **about)
    running = Q(sitting__state=Sitting.State.OPEN)
    yield todo.kind(go_on, meetings.filter(running, ends_at__gte=now).order_by("starts_at"), **about)
    yield todo.kind(end_record, ends.filter(running, ends_at__lt=now).order_by("starts_at"), **about)


def open_record(row) -> Todo:
    return Todo(
        title=f"Record {row.title}",
        why="Minutes, decisions and actions follow from what is entered while the meeting runs.",
        url=reverse("record", args=[row.slug]),
        due=row.day_on,
    )


def go_on(row) -> Todo:
    return Todo(
        title=f"Go on with the record of {row.title}",
        why="The meeting is under way. Its screen follows the agenda: who is there, what is decided, who does what.",
        url=reverse("record", args=[row.slug]),
        due=row.day_on,
    )


def end_record(row) -> Todo:
    return Todo(
        title=f"End the record of {row.title}",
        why="What was decided is not in the register, and nobody is told of their actions, until the meeting has ended.",
        url=reverse("record", args=[row.slug]),
        due=row.day_on,
    )

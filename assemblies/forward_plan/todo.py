"""What forward plans ask of staff: reports that are late, and topics that have been parked for long.

Who leads an item is asked for its report by papers.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import on_its_day
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.dates import short_day
from partnership.todo import Todo

PARKED_LONG = timedelta(days=90)
REPORT = {
    "topic": "topic__title", "topic_pk": "topic", "meeting": "meeting__title", "starts_at": "meeting__starts_at",
    "due_on": "report_due_on",
}  # fmt: skip


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if not is_partnership_staff(user):
        return
    today, now = timezone.localdate(), timezone.now()
    expected = PlannedItem.objects.live().filter(
        needs_report=True, report_received_at__isnull=True, report_due_on__isnull=False,
        meeting__state__in=[Meeting.State.DRAFT, Meeting.State.PUBLISHED], meeting__starts_at__gt=now,
    )  # fmt: skip
    late = expected.filter(report_due_on__lt=today).exclude(lead=user).order_by("report_due_on")
    yield todo.kind(chase_report, late, **REPORT, board="board__name")
    long_ago = Q(topics__parked_at__lt=now - PARKED_LONG, topics__closed_at__isnull=True)
    boards = Board.objects.annotate(
        parked=Count("topics", filter=long_ago), since=Min("topics__parked_at", filter=long_ago)
    ).filter(parked__gt=0)
    yield todo.kind(decide_on_parked, boards, "name", "slug", "parked", since_at="since")


def chase_report(row) -> Todo:
    return Todo(
        title=f"Ask for the report on “{row.topic}”",
        why=f"It is late for {on_its_day(row.meeting, row.starts_at)}, {row.board}.",
        url=reverse("topic", args=[row.topic_pk]),
        due=row.due_on,
    )


def decide_on_parked(row) -> Todo:
    what = "A topic has been" if row.parked == 1 else f"{row.parked} topics have been"
    return Todo(
        title=f"Place or close topics parked by the {row.name}",
        why=f"{what} parked for more than 90 days, the first since {short_day(row.since_at)}.",
        url=reverse("forward_plan", args=[row.slug]),
    )

"""What forward plans ask of staff and of the boards' chairs: to say who leads an item and what a board said, and to decide on
topics that have been parked for long.

Who leads an item is asked for its report by papers.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import on_its_day
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_chaired_by
from partnership.dates import short_day
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo

PARKED_LONG = timedelta(days=90)
LED_FROM = timedelta(days=14)  # before its report is due, an item needs somebody to lead it
SAID_WITHIN = timedelta(days=60)  # after the meeting: what nobody wrote down by then is not asked for any more


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    today, now = timezone.localdate(), timezone.now()
    boards = Board.objects.visible_to(user)
    if not is_partnership_staff(user):
        chaired = {board.pk for board in boards_chaired_by(user, today)}
        if not chaired & cached_until_changed(("boards whose plans ask", today), lambda: _boards_that_ask(now)):
            return
        boards = boards.filter(pk__in=chaired)
    own = PlannedItem.objects.filter(board__in=boards.values("pk"))
    yield todo.kind(
        name_lead, _without_lead(own, now).order_by("report_due_on"), "pk", topic="topic__title", slug="board__slug",
        board="board__name", due_on="report_due_on",
    )  # fmt: skip
    unsaid = Count("planned_items", filter=Q(planned_items__in=_unsaid(own, now)))
    meetings = Meeting.objects.filter(Exists(_unsaid(own, now).filter(meeting=OuterRef("pk")))).annotate(unsaid=unsaid)
    facts = {"slug": "board__slug", "board": "board__name"}
    yield todo.kind(say_result, meetings.order_by("starts_at"), "title", "starts_at", "unsaid", **facts)
    long_ago = Q(topics__in=_parked_long(now))
    waiting = boards.annotate(
        parked=Count("topics", filter=long_ago), since=Min("topics__parked_at", filter=long_ago)
    ).filter(parked__gt=0)
    yield todo.kind(decide_on_parked, waiting, "name", "slug", "parked", since_at="since")


def _without_lead(items, now: datetime):
    """Items whose report is due soon, or late, and that nobody with an account leads."""
    soon = timezone.localdate(now) + LED_FROM
    return items.live().filter(
        Q(lead=None) | Q(lead__is_active=False), needs_report=True, report_received_at=None, report_due_on__lte=soon,
        meeting__state__in=[Meeting.State.DRAFT, Meeting.State.PUBLISHED], meeting__starts_at__gt=now,
    )  # fmt: skip


def _unsaid(items, now: datetime):
    """Items of meetings that were held lately, of which nobody wrote down what the board said."""
    lately = Q(meeting__ends_at__lt=now, meeting__ends_at__gt=now - SAID_WITHIN)
    return items.live().filter(lately, result="").exclude(meeting__state=Meeting.State.CANCELLED)


def _parked_long(now: datetime):
    return Topic.objects.parked().filter(parked_at__lt=now - PARKED_LONG)


def _boards_that_ask(now: datetime) -> set[int]:
    items = PlannedItem.objects.all()
    return {
        *_without_lead(items, now).values_list("board", flat=True), *_unsaid(items, now).values_list("board", flat=True),
        *_parked_long(now).values_list("board", flat=True),
    }  # fmt: skip


def name_lead(row) -> Todo:
    return Todo(
        title=f"Say who leads “{row.topic}”",
        why=f"Its report for the {row.board} is due, and nobody is asked for it.",
        url=reverse("planned_item_edit", args=[row.slug, row.pk]),
        due=row.due_on,
    )


def say_result(row) -> Todo:
    items = "an item" if row.unsaid == 1 else f"{row.unsaid} items"
    return Todo(
        title=f"Say what the {row.board} said on {items}",
        why=f"It met: {on_its_day(row.title, row.starts_at)}. The routes of these topics show it.",
        url=reverse("forward_plan", args=[row.slug]),
    )


def decide_on_parked(row) -> Todo:
    what = "A topic has been" if row.parked == 1 else f"{row.parked} topics have been"
    return Todo(
        title=f"Place or close topics parked by the {row.name}",
        why=f"{what} parked for more than 90 days, the first since {short_day(row.since_at)}.",
        url=reverse("forward_plan", args=[row.slug]),
    )

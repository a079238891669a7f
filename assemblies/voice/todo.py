"""What members are asked by their representatives, and what representatives owe those they speak for."""

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils import timezone

from assemblies.voice.models import CallForViews
from assemblies.voice.models.call import occasion_words
from assemblies.voice.models.report_back import report_due_on
from assemblies.voice.own_voice import to_report
from partnership import todo
from partnership.accounts.models.user import shown_name
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    yield todo.kind(
        answer,
        CallForViews.objects.open().unanswered_by(user),
        "pk",
        closes_at=Least("closes_at", "meeting__starts_at"),
        starts_at="meeting__starts_at",
        meeting="meeting__title",
        board="meeting__board__name",
        is_public=Q(meeting__by_invitation=False),
        asked_by=Coalesce(shown_name("opened_by"), "seat__title"),
    )
    closed = CallForViews.objects.held_by(user).to_sum_up(timezone.now())
    yield todo.kind(sum_up, closed, "pk", meeting="meeting__title", starts_at="meeting__starts_at")
    where = {"meeting": "meeting__title", "slug": "meeting__slug", "ends_at": "meeting__ends_at"}
    yield todo.kind(report_back, to_report(user), "seat", **where)


def answer(pk, closes_at, starts_at, meeting, board, is_public, asked_by) -> Todo:
    """Of an open call to which one of the person's organisations has not answered."""
    return Todo(
        title=f"Say what you think before {occasion_words(meeting, board, starts_at, is_public=is_public)}",
        why=f"{asked_by} speaks for you there and asks. It takes a minute.",
        url=reverse("call", args=[pk]),
        due=timezone.localdate(closes_at),
    )


def sum_up(pk, meeting, starts_at) -> Todo:
    return Todo(
        title=f"Sum up what members said for {meeting}",
        why="The call is closed. Attach a summary as a paper before the meeting.",
        url=reverse("call_views", args=[pk]),
        due=timezone.localdate(starts_at),
    )


def report_back(seat, meeting, slug, ends_at) -> Todo:
    due_on = report_due_on(ends_at)
    is_late = due_on < timezone.localdate()
    return Todo(
        title=f"Report back from {meeting}",
        why="It is late. The people you asked are still waiting to hear the outcome."
        if is_late
        else "You asked those you speak for. They would like to hear the outcome.",
        url=reverse("report_back_new", args=[slug, seat]),
        due=due_on,
    )

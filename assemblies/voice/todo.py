"""What members are asked by their representatives, and what representatives owe those they speak for."""

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.named import on_its_day
from assemblies.voice.models import CallForViews, TopicSummary
from assemblies.voice.models.call import occasion_words
from assemblies.voice.models.report_back import report_due_on
from assemblies.voice.own_voice import to_report
from partnership import todo
from partnership.accounts.models.user import shown_name
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import seats_of
from partnership.partners.rules import memberships_of
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if memberships_of(user):
        yield todo.kind(
            answer,
            CallForViews.objects.open().unanswered_by(user),
            "pk",
            closes_at=Least("closes_at", "meeting__starts_at"),
            starts_at="meeting__starts_at",
            meeting="meeting__title",
            board="seat__board__name",
            is_public=Q(meeting__by_invitation=False),
            kind_of_call="kind",
            asked_by=Coalesce(shown_name("opened_by"), "seat__title"),
        )
    if is_partnership_staff(user):
        loose = TopicSummary.objects.to_place(timezone.now())
        meeting = "topic__call__meeting"
        yield todo.kind(
            place_summary, loose, title="paper__title", meeting=f"{meeting}__title", slug=f"{meeting}__slug",
            starts_at=f"{meeting}__starts_at",
        )  # fmt: skip
    if not seats_of(user):
        return
    closed = CallForViews.objects.filter(seat__in=seats_of(user)).to_sum_up(timezone.now())
    yield todo.kind(sum_up, closed, "pk", meeting="meeting__title", starts_at="meeting__starts_at")
    where = {"meeting": "meeting__title", "slug": "meeting__slug", "ends_at": "meeting__ends_at"}
    yield todo.kind(report_back, to_report(user), "seat", title="seat__title", **where)


def answer(row) -> Todo:
    """For an open call to which one of the person's organisations has not answered."""
    if row.kind_of_call == CallForViews.Kind.PURPOSE:
        return Todo(
            title=f"Say whether every line of the purpose of the {row.board} still stands",
            why="Your organisation is a member of the board. It has one answer, which you and your colleagues can change.",
            url=reverse("call", args=[row.pk]),
            due=timezone.localdate(row.closes_at),
        )
    return Todo(
        title=f"Say what you think before {occasion_words(row.meeting, row.board, row.starts_at, is_public=row.is_public)}",
        why=f"{row.asked_by} speaks for you there and asks. It takes a minute.",
        url=reverse("call", args=[row.pk]),
        due=timezone.localdate(row.closes_at),
    )


def place_summary(row) -> Todo:
    """For staff: a representative's summary of an answer to a question of their own, which is on no item yet."""
    return Todo(
        title=f"Add “{row.title}” to the agenda for {on_its_day(row.meeting, row.starts_at)}",
        why="A representative wrote it. Nobody sees it until it is on the agenda and the chair publishes that.",
        url=reverse("manage_agenda", args=[row.slug]),
        due=timezone.localdate(row.starts_at),
    )


def sum_up(row) -> Todo:
    return Todo(
        title=f"Sum up what members said for {on_its_day(row.meeting, row.starts_at)}",
        why="The call is closed. Attach a summary as a paper before the meeting.",
        url=reverse("call_views", args=[row.pk]),
        due=timezone.localdate(row.starts_at),
    )


def report_back(row) -> Todo:
    due_on = report_due_on(row.ends_at)
    is_late = due_on < timezone.localdate()
    return Todo(
        title=f"Report back from {on_its_day(row.meeting, row.ends_at)}: {row.title}",
        why="It is late. The people you asked are still waiting to hear the outcome."
        if is_late
        else "You asked those you speak for. They would like to hear the outcome.",
        url=reverse("report_back_new", args=[row.slug, row.seat]),
        due=due_on,
    )

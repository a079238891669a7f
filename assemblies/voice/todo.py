"""What members are asked by their representatives, and what representatives owe those they speak for."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from assemblies.voice.models import CallForViews, PartnerAnswer, TopicSummary
from assemblies.voice.own_voice import to_report
from partnership import todo
from partnership.todo import Todo


@todo.provider
def calls_to_answer(user) -> Iterator[Todo]:
    """Open calls to which one of the person's organisations has not answered."""
    mine = user.memberships.accepted()
    answered = PartnerAnswer.objects.filter(
        call=OuterRef("callforviews"), partner=OuterRef("partner"), partner__in=mine.values("partner")
    )
    asked = CallForViews.asked.through.objects.filter(~Exists(answered), partner__in=mine.values("partner"))
    rows = CallForViews.objects.open().filter(pk__in=asked.values("callforviews"))
    for row in rows.select_related("meeting__board", "seat__board", "opened_by"):
        yield Todo(
            title=f"Say what you think before {row.occasion}",
            why=f"{row.opened_by or row.seat.title} speaks for you there and asks. It takes a minute.",
            url=row.get_absolute_url(),
            due=timezone.localdate(row.closes),
        )


@todo.provider
def answers_to_sum_up(user) -> Iterator[Todo]:
    """The person's own calls that have closed with answers, while there is time to bring them as a paper."""
    rows = (
        CallForViews.objects.held_by(user)
        .filter(
            Exists(PartnerAnswer.objects.filter(call=OuterRef("pk"))),
            ~Exists(TopicSummary.objects.filter(topic__call=OuterRef("pk"))),
            closes_at__lte=timezone.now(),
            meeting__state="published",
            meeting__starts_at__gt=timezone.now(),
        )
        .select_related("meeting__board")
    )
    for row in rows:
        yield Todo(
            title=f"Sum up what members said for {row.meeting}",
            why="The call is closed. Attach a summary as a paper before the meeting.",
            url=reverse("call_views", args=[row.pk]),
            due=timezone.localdate(row.meeting.starts_at),
        )


@todo.provider
def reports_due(user) -> Iterator[Todo]:
    for row in to_report(user):
        yield Todo(
            title=f"Report back from {row.meeting}",
            why="You asked those you speak for. They would like to hear the outcome."
            if not row.is_late
            else "It is late. The people you asked are still waiting to hear the outcome.",
            url=reverse("report_back_new", args=[row.meeting.slug, row.seat.pk]),
            due=row.due_on,
        )

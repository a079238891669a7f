"""After the meeting a representative tells the people they represent the outcome."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.voice.actions import member_run
from assemblies.voice.actions.call import items_in_sight
from assemblies.voice.models import CallForViews, CallTopic, ReportBack, ReportLine
from partnership import audit
from partnership.boards.models import Seat
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from places.representation.speaking import represented_by


class Outcome(NamedTuple):
    """The outcome of an item of the agenda, or of a question of the representative's own (`item` None)."""

    title: str
    words: str
    item: AgendaItem | None = None


@transaction.atomic
def report(
    *, meeting: Meeting, seat: Seat, by, text: str, outcomes: Iterable[Outcome] = (), public: bool = False,
    now: datetime | None = None,
) -> ReportBack:  # fmt: skip
    """Keeps the report; a worker emails it once to everybody the seat speaks for. Returns it; the one there is, if any.

    The caller has checked that `by` holds the seat. Raises Refusal before the end of the meeting, for one that did not
    take place, and for opening to everybody what was said of a meeting not everybody may know of.
    """
    now = now or timezone.now()
    locked = Meeting.objects.locked().select_related("board").get(pk=meeting.pk)
    known = ReportBack.objects.filter(meeting=locked, seat=seat).first()
    if known:
        return known
    if seat.board not in boards_of(locked):
        raise Refusal(f"This seat is not on a board that met: {names_of(boards_of(locked))}.")
    if locked.state in (Meeting.State.DRAFT, Meeting.State.CANCELLED):
        raise Refusal("This meeting did not take place, so there is nothing to report.")
    if locked.ends_at > now:
        raise Refusal("The meeting is not over yet. Report back after it.")
    if public and locked.by_invitation:
        raise Refusal("The meeting was by invitation, so its report can only go to the people you represent.", "public")
    row = ReportBack.objects.create(
        meeting=locked, seat=seat, text=text.strip(), public=public, made_by=by, made_at=now
    )
    said = [outcome for outcome in outcomes if outcome.words.strip()]
    ReportLine.objects.bulk_create(
        ReportLine(report=row, position=number, item=each.item, title=each.title[:300], outcome=each.words.strip())
        for number, each in enumerate(said, start=1)
    )
    partners = list(to_tell(locked, seat).values_list("pk", flat=True))
    row.told.add(*partners)
    run = member_run.begin(report=row)
    audit.record(
        by=by, verb="report_back.made", subject=row, lines=len(said), partners=len(partners), people=run.total,
        public=public,
    )  # fmt: skip
    return row


def to_tell(meeting: Meeting, seat: Seat) -> QuerySet[Partner]:
    """Who the seat spoke for on the day of the meeting, and whoever was asked ahead of it and is still listed."""
    spoken_for = represented_by(seat, timezone.localdate(meeting.starts_at))
    own = CallForViews.objects.for_views().filter(meeting=meeting, seat=seat)
    asked = Partner.objects.public().filter(calls_for_views__in=own.values("pk"))
    return Partner.objects.filter(Q(pk__in=spoken_for.values("pk")) | Q(pk__in=asked.values("pk")))


def subjects(meeting: Meeting, seat: Seat) -> list[tuple[str, AgendaItem | None]]:
    """What there may be to report on: what was asked about first, then the other items members could read."""
    topics = CallTopic.objects.filter(
        call__meeting=meeting, call__seat=seat, call__kind=CallForViews.Kind.VIEWS
    ).select_related("item__closure")
    asked = {str(topic): topic.item for topic in topics.order_by("call__pk", "position")}
    rest = {item.title: item for item in items_in_sight(meeting) if item.title not in asked}
    return list((asked | rest).items())

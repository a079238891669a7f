"""Which reports are still to be handed in, and who is asked for each, how long before its day."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.papers.models import Report, ReportReminder, ReportVersion
from partnership.accounts.models import User

WEEK, DAY = timedelta(days=7), timedelta(days=1)
TO_COME = (Meeting.State.DRAFT, Meeting.State.PUBLISHED)
WITH_ITS_AUTHOR = (Report.State.DRAFT, Report.State.RETURNED, Report.State.PUBLISHED)
Stage = ReportReminder.Stage


def awaited(now: datetime) -> QuerySet[PlannedItem]:
    """Items of meetings to come whose report has its day, and is neither being signed off nor out for that meeting.

    One that somebody handed in as a file is in. One that was returned or taken back is not, nor is one that came out for an
    earlier meeting, from which its item moved on.
    """
    versions = ReportVersion.objects.filter(report__item=OuterRef("pk"))
    out = Exists(versions.published().filter(meeting=OuterRef("meeting")))
    written_here = Q(report_received_at=None) | Exists(versions)  # or else it came as a file
    with_its_author = Q(report=None, report_received_at=None) | Q(written_here, report__state__in=WITH_ITS_AUTHOR)
    return PlannedItem.objects.live().filter(
        with_its_author, ~out, needs_report=True, report_due_on__isnull=False, meeting__state__in=TO_COME,
        meeting__starts_at__gt=now,
    )  # fmt: skip


def stage_of(due: date, today: date) -> str | None:
    """Which reminder it is time for; None while the day is more than a week away."""
    left = due - today
    if left > WEEK:
        return None
    return Stage.WEEK if left > DAY else Stage.DAY if left >= timedelta(0) else Stage.LATE


def writers_of(item: PlannedItem) -> list[User]:
    """Who is asked for the report: who leads the item, and its author; not those whose accounts are closed. Where there is
    nobody, staff are asked at home to say who leads it."""
    report = getattr(item, "report", None)
    people = [item.lead, report.author if report else None]
    return list({each.pk: each for each in people if each is not None and each.is_active}.values())

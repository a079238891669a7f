"""Who leads an item or writes its report is reminded that it is due: a week before, a day before, and once it is late."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.papers import report_emails
from assemblies.papers.due_reports import WEEK, awaited, stage_of, writers_of
from assemblies.papers.models import ReportReminder
from partnership import audit
from partnership.accounts.models import User
from partnership.one_by_one import one_by_one

ALL = ("topic", "board", "meeting", "lead", "report__author", "closure")


def remind_due(now: datetime | None = None) -> int:
    """Reminds of every report that is due, as the plan stands now; returns how many emails were queued. A missed run is
    caught up with the reminder for which it is time now, and none is doubled."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    soon = list(awaited(now).filter(report_due_on__lte=today + WEEK).select_related(*ALL))
    known = _known([item.pk for item in soon])
    untold = [item.pk for item in soon if _untold(item, today, known)]
    return one_by_one(untold, lambda pk: _remind(pk, now), "report due of item")


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    """Under the lock of the topic, under which items are moved and changed; of two sweeps the second finds nothing to do."""
    today = timezone.localdate(now)
    if not Topic.objects.select_for_update(no_key=True, skip_locked=True).filter(items=pk).first():
        return 0
    item = awaited(now).select_related(*ALL).filter(pk=pk).first()
    people = _untold(item, today, _known([pk])) if item else []
    if not people:
        return 0
    stage = stage_of(item.report_due_on, today)
    ReportReminder.objects.bulk_create(
        ReportReminder(item=item, person=each, due_on=item.report_due_on, stage=stage) for each in people
    )
    told = report_emails.is_due(item=item, people=people, stage=stage, today=today)
    audit.record(
        by=None, verb="planned_item.report_reminded", subject=item, stage=stage, on=item.report_due_on, told=told
    )
    return told


def _known(items: list[int]) -> set[tuple]:
    rows = ReportReminder.objects.filter(item__in=items)
    return set(rows.values_list("item", "person", "due_on", "stage"))


def _untold(item: PlannedItem, today: date, known: set[tuple]) -> list[User]:
    """Who was not reminded yet of this day at this stage."""
    stage = stage_of(item.report_due_on, today)
    if stage is None:
        return []
    return [each for each in writers_of(item) if (item.pk, each.pk, item.report_due_on, stage) not in known]

"""The days on which reports are due, kept in step with meetings that move, and with the calendar."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assemblies.forward_plan import due_dates
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem, Topic
from partnership import audit, outbox
from partnership.one_by_one import one_by_one
from partnership.outbox.message_keys import about
from partnership.page_cache import stamp


def follow_calendar(now: datetime | None = None) -> int:
    """Brings reports of meetings to come in step with bank holidays and rules of boards that changed; returns how many
    are due on another day now. A day that somebody chose stays, if it is still in time."""
    now = now or timezone.now()
    found = PlannedItem.objects.ahead(now).filter(report_due_on__isnull=False).select_related("meeting__board", "board")
    found = found.prefetch_related("meeting__boards_in_common")
    with stamp.read_once():  # added bank holidays are asked for once, not for each item
        off = [
            item.pk for item in found if _day(item, now, moved=False) != (item.report_due_on, item.report_day_chosen)
        ]
    return one_by_one(off, lambda pk: _follow_one(pk, now), "planned item")


@transaction.atomic
def _follow_one(pk: int, now: datetime) -> int:
    topics.lock(Topic.objects.get(items=pk))
    return follow(PlannedItem.objects.ahead(now).filter(pk=pk), by=None, moved=False, now=now)


def follow(items: QuerySet[PlannedItem], *, by, moved: bool, now: datetime | None = None) -> int:
    """Brings these reports in step with their meeting as it stands; returns how many are due on another day now. In the
    caller's transaction."""
    changed = 0
    for item in items.filter(report_due_on__isnull=False).select_related("meeting__board", "board", "topic"):
        due, chosen = _day(item, now or timezone.now(), moved=moved)
        if (due, chosen) == (item.report_due_on, item.report_day_chosen):
            continue
        was, item.report_due_on, item.report_day_chosen = item.report_due_on, due, chosen
        item.save(update_fields=["report_due_on", "report_day_chosen"])
        take_back_reminders(item, because="The report is due on another day now.")
        audit.record(by=by, verb="planned_item.report_day_followed", subject=item, was=was, on=due)
        changed += was != due
    return changed


def take_back_reminders(item: PlannedItem, *, because: str) -> None:
    """Withdraws emails that ask for the report of the item and have not left."""
    outbox.withdraw(about=about("planned_item", item.pk), because=because)


def _day(item: PlannedItem, now: datetime, *, moved: bool):
    assert item.meeting, "a report is due for a meeting"
    assert item.report_due_on, "it has its day"
    today = timezone.localdate(now)
    due, chosen = item.report_due_on, item.report_day_chosen
    return due_dates.in_step(item.meeting, item.board, due, today, chosen=chosen, moved=moved)

"""Once a day before a call closes, the partners that have not answered are reminded; newcomers are asked as they come."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from assemblies.voice import emails
from assemblies.voice.actions import call as calls
from assemblies.voice.models import CallForViews
from partnership import audit
from partnership.dates import days_later
from partnership.one_by_one import one_by_one

BEFORE = timedelta(days=1)


def run_due(now: datetime | None = None) -> int:
    """Reminds for every call that is due; returns how many emails were queued. A missed run is caught up, none doubled."""
    now = now or timezone.now()
    return one_by_one(list(due(now).values_list("pk", flat=True)), lambda pk: _remind(pk, now), "the reminder of call")


def due(now: datetime):
    """Calls that close within a day, were open for longer than that, and have not been reminded of."""
    rows = CallForViews.objects.open(now).annotate(closing=Least("closes_at", "meeting__starts_at"))
    return rows.filter(reminded_at=None, closing__lte=days_later(now, 1), opened_at__lte=F("closing") - BEFORE)


def ask_newcomers(now: datetime | None = None) -> int:
    """Asks whoever joined since a call opened; returns how many emails were queued."""
    rows = {row.pk: row for row in CallForViews.objects.open(now)}
    return one_by_one(rows, lambda pk: calls.ask_newcomers(call=rows[pk], now=now), "the newcomers to call")


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    row = (
        CallForViews.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
        .filter(pk=pk, reminded_at=None)
        .select_related("meeting__board", "seat__board", "opened_by")
        .first()
    )
    if row is None or not row.is_open(now):
        return 0
    silent = row.asked.public().exclude(pk__in=row.answers.values("partner"))
    told = emails.reminded(call=row, members=emails.members_of(silent, but=row.opened_by))
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    audit.record(by=None, verb="call.reminded", subject=row, told=told)
    return told

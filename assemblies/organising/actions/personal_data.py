"""What is deleted when, by the clock: each app says what in its `retention.py`. The audit log keeps how many, never who.

Source: DOMAIN §3. Access and dietary answers go 30 days after the meeting and attendee lists after 12 months; both
are settings of the portal.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership import audit, retention
from partnership.one_by_one import one_by_one


def delete_due(now: datetime | None = None) -> dict[str, int]:
    """Deletes what is due; returns how many rows of each kind. Safe to run at any time, and twice.

    A meeting that fails does not keep the data of the others.
    """
    now = now or timezone.now()
    totals = {"needs": 0, "attendees": 0} | retention.every_hour(now)
    over = Meeting.objects.filter(ends_at__lt=now - timedelta(days=settings.NEEDS_KEPT_DAYS), needs_deleted_at=None)
    meetings = list(over.order_by("pk").values_list("pk", flat=True))
    totals["needs"] += one_by_one(meetings, lambda pk: _delete_needs(pk, now), "the access needs of meeting")
    over = Meeting.objects.filter(
        ends_at__lt=now - timedelta(days=settings.ATTENDEES_KEPT_DAYS), attendance_deleted_at=None
    )
    meetings = list(over.order_by("pk").values_list("pk", flat=True))
    totals["attendees"] += one_by_one(meetings, lambda pk: _delete_attendees(pk, now), "the people of meeting")
    return totals


@transaction.atomic
def _delete_needs(pk: int, now: datetime) -> int:
    meeting = Meeting.objects.locked().get(pk=pk)
    count = sum(retention.run(retention.NEEDS, meeting).values())
    meeting.needs_deleted_at = now
    meeting.save(update_fields=["needs_deleted_at"])
    audit.record(by=None, verb="meeting.needs_deleted", subject=meeting, deleted=count)
    return count


@transaction.atomic
def _delete_attendees(pk: int, now: datetime) -> int:
    """Registrations, invitations, list entries, followers and files read: everything that names who was there."""
    meeting = Meeting.objects.locked().get(pk=pk)
    counts = retention.run(retention.ATTENDEES, meeting)
    meeting.attendance_deleted_at = now
    meeting.save(update_fields=["attendance_deleted_at"])
    audit.record(by=None, verb="meeting.attendees_deleted", subject=meeting, **counts)
    return sum(counts.values())

"""What is deleted when, by the clock. The audit keeps how many, never who.

Source: DOMAIN §3. Access and dietary answers go 30 days after the meeting and attendee lists after 12 months; both
are settings of the portal.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assemblies.models import (
    Follower,
    ImportRow,
    Invitation,
    ListEntry,
    ListImport,
    Meeting,
    Needs,
    PartnerAnswer,
    Registration,
)
from partnership import audit
from partnership.files import previews


def run(now: datetime | None = None) -> dict[str, int]:
    """Deletes what is due; returns how many rows of each kind. Safe to run at any time, and twice."""
    now = now or timezone.now()
    totals = {"needs": 0, "attendees": 0}
    over = Meeting.objects.filter(ends_at__lt=now - timedelta(days=settings.NEEDS_KEPT_DAYS), needs_deleted_at=None)
    for pk in over.order_by("pk").values_list("pk", flat=True):
        totals["needs"] += _delete_needs(pk, now)
    over = Meeting.objects.filter(
        ends_at__lt=now - timedelta(days=settings.ATTENDEES_KEPT_DAYS), attendance_deleted_at=None
    )
    for pk in over.order_by("pk").values_list("pk", flat=True):
        totals["attendees"] += _delete_attendees(pk, now)
    totals["previews"] = _delete_previews(now)
    return totals


@transaction.atomic
def _delete_needs(pk: int, now: datetime) -> int:
    meeting = Meeting.objects.locked().get(pk=pk)
    _, deleted = Needs.objects.filter(registration__meeting=meeting).delete()
    count = deleted.get("assemblies.Needs", 0)
    meeting.needs_deleted_at = now
    meeting.save(update_fields=["needs_deleted_at"])
    audit.record(by=None, verb="meeting.needs_deleted", subject=meeting, deleted=count)
    return count


@transaction.atomic
def _delete_attendees(pk: int, now: datetime) -> int:
    """Registrations, invitations, list entries, followers and files read: everything that names who was there.

    What partners answered to calls for views stays, without the people who wrote it.
    """
    meeting = Meeting.objects.locked().get(pk=pk)
    rows = {
        "registrations": Registration.objects.filter(meeting=meeting),
        "invitations": Invitation.objects.filter(meeting=meeting),
        "list_entries": ListEntry.objects.filter(list__meeting=meeting),
        "files_read": ListImport.objects.filter(list__meeting=meeting),
        "followers": Follower.objects.filter(meeting=meeting),
    }
    counts = {name: query.count() for name, query in rows.items()}
    for query in rows.values():
        query.delete()
    answers = PartnerAnswer.objects.filter(call__meeting=meeting)
    counts["answers_without_names"] = answers.update(given_by=None, changed_by=None)
    meeting.attendance_deleted_at = now
    meeting.save(update_fields=["attendance_deleted_at"])
    audit.record(by=None, verb="meeting.attendees_deleted", subject=meeting, **counts)
    return sum(counts.values())


def _delete_previews(now: datetime) -> int:
    """Rows of files that were read but neither taken over nor discarded for 30 days, and of those that were."""
    before = now - timedelta(days=settings.NEEDS_KEPT_DAYS)
    expired = previews.expire(ListImport.objects.all(), before, _record_expired)
    taken_over, _ = ImportRow.objects.filter(batch__uploaded_at__lt=before).delete()
    return expired + taken_over


def _record_expired(batch: ListImport, count: int) -> None:
    audit.record(by=None, verb="import.expired", subject=batch.list, file=batch.pk)

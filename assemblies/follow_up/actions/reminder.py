"""Owners are told what they took on, and reminded of it."""

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from assemblies.follow_up import emails
from assemblies.follow_up.models import FollowUp
from assemblies.follow_up.reminding import stage_of
from assemblies.follow_up.telling import RECORDING_TAKES
from assemblies.meetings.models import Meeting
from partnership import audit
from partnership.one_by_one import one_by_one


@transaction.atomic
def tell_owners(*, meeting: Meeting, by, now: datetime | None = None) -> int:
    """One email to each who took something on at the meeting, with all of theirs; returns how many emails are new.

    Called when the meeting is ended. Who was told already is not told again.
    """
    now = now or timezone.now()
    rows = FollowUp.objects.select_for_update(of=("self",)).with_facts().open()
    untold = list(rows.filter(meeting=meeting, told_at__isnull=True).order_by("owner", "due_on", "pk"))
    told = 0
    for _, theirs in groupby(untold, key=lambda each: each.owner_id):
        told += emails.assigned_many(list(theirs), by=by, meeting=meeting)
    FollowUp.objects.filter(pk__in=[each.pk for each in untold]).update(told_at=now)
    if told:
        audit.record(by=by, verb="meeting.actions_told", subject=meeting, told=told)
    return told


def tell_late(now: datetime | None = None) -> int:
    """Tells the owners of meetings that nobody said were over, a day after they were; returns how many emails are new."""
    now = now or timezone.now()
    waiting = FollowUp.objects.open().filter(told_at__isnull=True, meeting__ends_at__lt=now - RECORDING_TAKES)
    meetings = Meeting.objects.filter(pk__in=waiting.values("meeting")).order_by("pk")
    return one_by_one(meetings, lambda meeting: tell_owners(meeting=meeting, by=None, now=now), "owners at meeting")


def remind(now: datetime | None = None) -> int:
    """Writes to owners of what is due soon, due today or late, in one email each; returns how many are new.

    Each run looks at how things are now: one that is missed is caught up, and nobody is reminded twice of the same.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    told = FollowUp.objects.open().filter(told_at__isnull=False, owner__is_active=True)
    due = [each for each in told.only("pk", "owner", "due_on", "reminded") if _is_due(each, today)]
    return one_by_one(
        sorted({each.owner_id for each in due}), lambda owner: _remind(owner, today), "reminders of owner"
    )


@transaction.atomic
def _remind(owner: int, today) -> int:
    rows = FollowUp.objects.select_for_update(of=("self",)).with_facts().open()
    due = [
        each
        for each in rows.filter(owner=owner, told_at__isnull=False).order_by("due_on", "pk")
        if _is_due(each, today)
    ]
    for each in due:
        each.reminded = stage_of(each, today)
        each.save(update_fields=["reminded"])
    return int(emails.due(due[0].owner, due, today)) if due else 0


def _is_due(follow_up: FollowUp, today) -> bool:
    return stage_of(follow_up, today) not in {"", follow_up.reminded}

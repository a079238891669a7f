"""Writes to the members of the organisations a seat speaks for, however many there are.

Asking and reporting only write down that there is somebody to write to. The emails are then queued some hundreds of
people to a transaction, each with the row that says how far it has come, so that a worker may be killed at any moment:
nobody is left out and nobody is emailed twice.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assemblies.voice import emails
from assemblies.voice.models import CallForViews, MemberRun, ReportBack, ReportCorrection
from partnership import leasing
from partnership.outbox import nudge
from partnership.partners.models import Membership

RESUME = "assemblies.voice.tasks.tell_members"


def begin(
    *, call: CallForViews | None = None, report: ReportBack | None = None, correction: ReportCorrection | None = None
) -> MemberRun:
    """Writes down that their members are to be told; a worker does the rest. Inside the caller's transaction."""
    run = MemberRun(call=call, report=report, correction=correction)
    run.total = _members(run).order_by().values("user").distinct().count()
    run.finished_at = None if run.total else timezone.now()
    run.save()
    if run.total:
        transaction.on_commit(lambda: nudge.nudge(task=RESUME), robust=True)
    return run


def resume(now: datetime | None = None) -> int:
    """Carries on every run that nobody is carrying on; returns how many people were written to."""
    return leasing.carry_on(MemberRun.objects, _queue_some, now)


@transaction.atomic
def _queue_some(run_id: int) -> int:
    """Queues the emails to the next people, and says so in the same transaction; returns how many people, 0 at the end.

    A call that has closed meanwhile asks nobody else. The row lock makes two workers on one run harmless.
    """
    now = timezone.now()
    rows = MemberRun.objects.select_for_update(of=("self",)).select_related(
        "call__meeting__board", "call__seat__board", "call__opened_by",
        "report__meeting__board", "report__seat__board", "report__made_by",
        "correction__report__meeting__board", "correction__report__seat__board", "correction__made_by",
    )  # fmt: skip
    run = rows.get(pk=run_id)
    if run.finished_at:
        return 0
    wanted = run.call is None or run.call.is_open(now)
    waiting = _members(run).filter(user__gt=run.after).order_by("user").values_list("user", flat=True).distinct()
    people = list(waiting[: settings.INVITATIONS_AT_ONCE]) if wanted else []
    if not people:
        run.finished_at, run.lease_until = now, None
        run.save(update_fields=["finished_at", "lease_until"])
        return 0
    _tell(run, _members(run).filter(user__in=people))
    run.queued, run.after, run.lease_until = run.queued + len(people), people[-1], now + leasing.lease()
    run.save(update_fields=["queued", "after", "lease_until"])
    return len(people)


def _members(run: MemberRun) -> QuerySet[Membership]:
    if run.call:
        return emails.members_of(run.call.asked.public(), but=run.call.opened_by)
    if run.correction:
        return emails.members_of(run.correction.report.told.all(), but=run.correction.made_by)
    return emails.members_of(run.report.told.all(), but=run.report.made_by)


def _tell(run: MemberRun, members: QuerySet[Membership]) -> None:
    if run.call:
        emails.asked(call=run.call, members=members)
    elif run.correction:
        emails.corrected(correction=run.correction, members=members)
    else:
        emails.reported(report=run.report, members=members)

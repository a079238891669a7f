"""Steps of a report's chain are taken, handed to somebody else, and reminded of here."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from assemblies.papers import report_emails, sign_off
from assemblies.papers.actions.report import open_next, stop_steps
from assemblies.papers.models import Report, ReportStep, StepHandover
from partnership import audit, states
from partnership.accounts.models import User
from partnership.one_by_one import one_by_one
from partnership.refusals import Refusal

State = ReportStep.State
REMINDED_BEFORE = timedelta(days=2)
REMINDED_AGAIN = timedelta(days=3)  # while it is late


@transaction.atomic
def approve(*, step: ReportStep, by, seen: str, comment: str = "", now: datetime | None = None) -> ReportStep:
    """Signs the version that the person read (`seen`, its fingerprint), and hands it on; after the last step the report is
    signed off. Returns the step. Sent twice, the second time nothing happens."""
    row, now = _taken_by(step, by, seen, done=State.APPROVED), now or timezone.now()
    if row.state == State.APPROVED:
        return row
    states.move(row, State.APPROVED, **_signed(row, comment, now))
    audit.record(
        by=by, verb="report.step_approved", subject=row.version.report, stage=row.name, number=row.version.number
    )
    if open_next(row.version, now=now) is None:
        states.move(row.version.report, Report.State.SIGNED)
        report_emails.signed_off(step=row)
    return row


@transaction.atomic
def send_back(*, step: ReportStep, by, seen: str, comment: str, now: datetime | None = None) -> ReportStep:
    """Returns the report to its author, who reads why; the steps after it are not needed. Returns the step."""
    row, now = _taken_by(step, by, seen, done=State.RETURNED), now or timezone.now()
    if row.state == State.RETURNED:
        return row
    if not comment.strip():
        raise Refusal("Say why you return it: its author needs to know what to change", "comment")
    states.move(row, State.RETURNED, **_signed(row, comment, now))
    stop_steps(row.version, because="The report was returned to its author.")
    states.move(row.version.report, Report.State.RETURNED)
    report_emails.returned(step=row)
    audit.record(
        by=by, verb="report.step_returned", subject=row.version.report, stage=row.name, number=row.version.number
    )
    return row


@transaction.atomic
def hand_over(*, step: ReportStep, by, to: User, reason: str = "", now: datetime | None = None) -> ReportStep:
    """Gives a step that nobody has taken to somebody else, and tells them where it waits now; returns the step. Its day
    stays. Raises Refusal for the author of the report, for who submitted it, and for whoever takes another of its steps."""
    row = _lock(step)
    if row.state not in (State.OPEN, State.WAITING):
        raise Refusal(f"This step is already {row.get_state_display()}.")
    if row.holder_id == to.pk:
        return row
    if by == row.holder and (chair := sign_off.chair_instead(row)) and to != chair:
        raise Refusal(f"This is the chair’s step, and you do not chair the board now. Hand it to {chair}.", "to")
    others = row.version.steps.exclude(pk=row.pk).values_list("holder", flat=True)
    if why := sign_off.why_not(to, row.version.report, others, row.version.made_by):
        raise Refusal(why, "to")
    old = row.holder
    StepHandover.objects.create(
        step=row, old_holder=old, new_holder=to, reason=reason.strip(), handed_by=by, handed_at=now or timezone.now()
    )
    report_emails.take_back([row], because="The step was handed to somebody else.")
    row.holder, row.reminded_on = to, None
    row.save(update_fields=["holder", "reminded_on"])
    audit.record(
        by=by, verb="report.step_handed_over", subject=row.version.report, stage=row.name, was=str(old), new=str(to)
    )
    if row.state == State.OPEN and by != to:
        report_emails.step_is_yours(step=row, handed_by=by, reason=reason.strip())
    return row


def remind_due(now: datetime | None = None) -> int:
    """Reminds of every open step two days before its last day, on it, and every three days while it is late; returns how
    many emails were queued. A missed run is caught up, none doubled. Nobody is reminded of a report that cannot come out any
    more."""
    now = now or timezone.now()
    return one_by_one(list(_to_remind(now).values_list("pk", flat=True)), lambda pk: _remind(pk, now), "report step")


def _to_remind(now: datetime):
    """Open steps whose day is near and of which nobody was reminded yet for it, but for those opened as near to it; and late
    ones, again."""
    today = timezone.localdate(now)
    soon = Q(due_on__gt=today, due_on__lte=today + REMINDED_BEFORE, reminded_on=None)
    soon &= Q(opened_at__date__lt=F("due_on") - REMINDED_BEFORE)
    on_the_day = Q(due_on__lte=today, opened_at__date__lt=F("due_on"))
    on_the_day &= Q(reminded_on=None) | Q(reminded_on__lt=F("due_on"))
    late = Q(due_on__lt=today, reminded_on__lte=today - REMINDED_AGAIN)
    return ReportStep.objects.wanted(now).filter(soon | on_the_day | late)


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    today = timezone.localdate(now)
    row = (
        _to_remind(now).select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("holder", "version__report__item__board").filter(pk=pk).first()
    )  # fmt: skip
    if row is None:
        return 0
    told = report_emails.remind(step=row, days=(row.due_on - today).days)
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
    audit.record(by=None, verb="report.step_reminded", subject=row.version.report, stage=row.name, told=told)
    return told


def _signed(row: ReportStep, comment: str, now: datetime) -> dict[str, Any]:
    """What is kept with a step that was taken: when, what was said, and which text was signed."""
    return {"done_at": now, "comment": comment.strip(), "sha256": row.version.sha256}


def _taken_by(step: ReportStep, by, seen: str, *, done: str) -> ReportStep:
    """The step under the lock of its report, for its holder to take; as it is where they just did the same."""
    row = _lock(step)
    if row.holder_id != by.pk:
        raise Refusal(f"This step is with {row.holder} now.")
    if row.state == done:
        return row
    if row.state == State.WAITING:
        raise Refusal("The steps before this one are not done yet.")
    if row.state != State.OPEN:
        raise Refusal(f"This step is already {row.get_state_display()}.")
    if chair := sign_off.chair_instead(row):
        raise Refusal(
            f"This is the chair’s step, and you do not chair the {row.version.report.board} now. Hand it to {chair}."
        )
    if seen != row.version.sha256:
        raise Refusal("This is not the text you read. Read it again below, then sign it.")
    return row


def _lock(step: ReportStep) -> ReportStep:
    """Locks the report, so that of two who sign at the same moment one waits for the other."""
    report = Report.objects.locked().get(versions__steps=step.pk)
    row = (
        ReportStep.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version__made_by", "holder")
        .get(pk=step.pk)
    )
    row.version.report = report
    return row

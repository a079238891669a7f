"""Emails about reports: one is due, a step is yours, its day comes near, the report is returned to you, or signed off."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.papers.due_reports import writers_of
from assemblies.papers.models import ReportReminder, ReportStep
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import about, message_key


def step_is_yours(*, step: ReportStep, handed_by: User | None = None, reason: str = "") -> int:
    """Tells who takes the step that it waits for them; returns how many emails are new."""
    key = message_key("report_step", step.pk, "yours", step.holder_id, step.handovers.count())
    return _to([step.holder], "report_step", key, step=step, handed_by=handed_by, reason=reason)


def remind(*, step: ReportStep, days: int) -> int:
    """Reminds who takes the step that its day comes in so many days, is today, or is past; returns how many emails are new."""
    key = message_key("report_step", step.pk, "reminder", step.holder_id, step.due_on, days)
    return _to([step.holder], "report_reminder", key, step=step, is_today=days == 0, is_late=days < 0)


def returned(*, step: ReportStep) -> int:
    """Tells the author, and who leads the item, who returned the report and why; returns how many emails are new."""
    people, key = writers_of(step.version.report.item), message_key("report_step", step.pk, "returned")
    return _to(people, "report_returned", key, step=step)


def signed_off(*, step: ReportStep) -> int:
    """Tells the author, and who leads the item, that every step is done; returns how many emails are new."""
    people, key = writers_of(step.version.report.item), message_key("report_step", step.pk, "signed")
    return _to(people, "report_signed", key, step=step)


def is_due(*, item: PlannedItem, people: Iterable[User], stage: str, today: date) -> int:
    """Tells who leads the item, and the author, by when its report is due, or that it is late; returns how many emails are
    new. Staff find them in the email log under the item. Of a closed item it says the safe title."""
    due, report = item.report_due_on, getattr(item, "report", None)
    assert due, "it is due by a day"
    assert item.meeting, "and for a meeting"
    is_late = stage == ReportReminder.Stage.LATE
    page = reverse("report_work", args=[report.pk]) if report else reverse("report_new", args=[item.pk])
    context = {
        "item": item, "report": report, "title": report.public_title if report else item.public_title, "today": today,
        "is_late": is_late, "link": f"{settings.PORTAL_URL}{page}",
    }  # fmt: skip
    day_is_over = timezone.make_aware(datetime.combine(due + timedelta(days=1), time()))
    not_after = item.meeting.starts_at if is_late else day_is_over
    return len(
        outbox.enqueue_many(
            to_person(
                "papers/report_due", person, context, about=about("planned_item", item.pk), not_after=not_after,
                key=message_key("planned_item", item.pk, "report_due", person.pk, due, stage),
            )
            for person in people
        )
    )  # fmt: skip


def take_back(steps: Iterable[ReportStep], *, because: str) -> None:
    """Withdraws emails about steps that are not needed any more and have not left."""
    for step in steps:
        outbox.withdraw(about=about("report_step", step.pk), because=because)


def _to(people: Iterable[User], template: str, key: str, *, step: ReportStep, **said) -> int:
    report = step.version.report
    is_theirs = template in ("report_step", "report_reminder")
    page = reverse("report_step", args=[report.pk, step.pk]) if is_theirs else reverse("report_work", args=[report.pk])
    context = {"step": step, "report": report, "link": f"{settings.PORTAL_URL}{page}", **said}
    topic = about("report_step", step.pk)
    return len(
        outbox.enqueue_many(
            to_person(f"papers/{template}", person, context, key=message_key(key, person.pk), about=topic)
            for person in people
        )
    )

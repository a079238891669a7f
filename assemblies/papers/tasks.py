"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.forward_plan.actions import report_day
from assemblies.papers.actions import pack_making, pdf_result, report_reminder, report_step


@shared_task
def remind_of_steps() -> None:
    """Once an hour: who holds a step of a report is reminded two days before its day, on it, and while it is late."""
    report_step.remind_due()


@shared_task
def make_packs() -> None:
    """Four times a minute, and when papers are published: the packs that wait are made."""
    pack_making.make_waiting()


@shared_task
def remind_of_reports() -> None:
    """Once an hour: who leads an item or writes its report is reminded that it is due, by the calendar as it is now."""
    report_day.follow_calendar()
    report_reminder.remind_due()


@shared_task
def check_pdfs() -> None:
    """Once a minute, and when somebody uploads one: PDFs that nobody may open before they are checked."""
    pdf_result.run()

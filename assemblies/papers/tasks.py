"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.papers.actions import pdf_result, report_step


@shared_task
def remind_of_steps() -> None:
    """Once an hour: who holds a step of a report is reminded two days before its day, and on it."""
    report_step.remind_due()


@shared_task
def check_pdfs() -> None:
    """Once a minute, and when somebody uploads one: PDFs that nobody may open before they are checked."""
    pdf_result.run()

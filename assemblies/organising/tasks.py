"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.organising.actions import personal_data, reminders


@shared_task
def run_reminders() -> None:
    """Once a minute: the reminder rules that are due are carried out."""
    reminders.run_due()


@shared_task
def delete_personal_data() -> None:
    """Once an hour: personal data that is due is deleted."""
    personal_data.delete_due()

"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.minutes.actions import reminder


@shared_task
def remind_of_minutes() -> None:
    """Once an hour: chairs of minutes that wait to be agreed, once each."""
    reminder.remind()

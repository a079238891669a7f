"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.blockers.actions import reminder


@shared_task
def remind_of_blockers() -> None:
    """Once an hour: owners are reminded of blockers of which nothing was heard for long."""
    reminder.remind()

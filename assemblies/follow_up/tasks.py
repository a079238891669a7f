"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.follow_up.actions import reminder


@shared_task
def remind_of_actions() -> None:
    """Once an hour: owners are told what they took on at meetings that are over, and reminded of what is due or late."""
    reminder.tell_late()
    reminder.remind()

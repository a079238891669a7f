"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from partnership.interests.actions import interests_return


@shared_task
def remind_of_interests() -> None:
    """Once an hour: those who have to declare their interests soon, or are late, once each."""
    interests_return.remind()

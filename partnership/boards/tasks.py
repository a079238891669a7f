"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from partnership.boards.actions import notices


@shared_task
def tell_nominators() -> None:
    """Once an hour: those who nominate are told of terms that end soon and of vacancies, once each."""
    notices.run()

"""What the worker and the clock call. No logic here."""

from celery import shared_task


@shared_task(ignore_result=True)
def deliver() -> None:
    """Send what is due."""

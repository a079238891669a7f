"""What the worker and the clock call. No logic here."""

from celery import shared_task

from partnership.outbox.actions import come_back
from partnership.outbox.actions import deliver as delivery
from partnership.outbox.actions import sweep as sweeping


@shared_task
def deliver() -> None:
    """Send what is due."""
    delivery.deliver()


@shared_task
def sweep() -> None:
    """Find what was left behind."""
    sweeping.sweep()


@shared_task
def read_returns() -> None:
    """Find out which emails came back."""
    come_back.look()

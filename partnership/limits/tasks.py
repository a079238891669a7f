"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from partnership.limits.actions import sweeping


@shared_task
def sweep() -> None:
    """Every five minutes: what was counted and is over is deleted."""
    sweeping.sweep()

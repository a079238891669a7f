"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.purpose.actions import purpose_round


@shared_task
def close_rounds() -> None:
    """Every minute: what members said of the lines is counted once their call closes."""
    purpose_round.close_due()

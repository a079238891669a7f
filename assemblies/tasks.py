"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.actions import clock, housekeeping


@shared_task
def tick() -> None:
    """Each minute: places are brought up to date with the clock."""
    clock.tick()


@shared_task
def keep_house() -> None:
    """Once an hour: personal data that is due is deleted."""
    housekeeping.run()

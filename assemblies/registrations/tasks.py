"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.registrations.actions import clock


@shared_task
def tick() -> None:
    """Each minute: places are brought up to date with the clock."""
    clock.tick()

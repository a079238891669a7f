"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from partnership.elections.actions import clock


@shared_task
def hold_elections() -> None:
    """Once a minute: elections are moved to where their timetables say, and those who have not voted are reminded."""
    clock.tick()

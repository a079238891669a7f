"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.actions import clock, housekeeping, invitation_run, reminders


@shared_task
def tick() -> None:
    """Each minute: places are brought up to date with the clock."""
    clock.tick()


@shared_task
def keep_house() -> None:
    """Once an hour: personal data that is due is deleted."""
    housekeeping.run()


@shared_task
def resume_runs() -> None:
    """Once a minute, and when somebody presses send: the invitations that have still to be queued."""
    invitation_run.resume()


@shared_task
def run_reminders() -> None:
    """Once a minute: the reminder rules that are due are carried out."""
    reminders.run_due()

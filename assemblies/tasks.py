"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.actions import call_reminder, clock, housekeeping, invitation_run, member_run, reminders


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
def tell_members() -> None:
    """Four times a minute, and when a call opens or a report is sent: the members who have still to be told."""
    member_run.resume()


@shared_task
def run_reminders() -> None:
    """Once a minute: the reminder rules that are due are carried out."""
    reminders.run_due()


@shared_task
def remind_of_calls() -> None:
    """Every five minutes: those who have not answered a call for views hear of it a day before it closes."""
    call_reminder.run_due()


@shared_task
def ask_newcomers() -> None:
    """Once an hour: whoever joined since a call for views opened is asked too."""
    call_reminder.ask_newcomers()

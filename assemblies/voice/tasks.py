"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.voice.actions import call_reminder, member_run


@shared_task
def tell_members() -> None:
    """Four times a minute, and when a call opens or a report is sent: the members who have still to be told."""
    member_run.resume()


@shared_task
def remind_of_calls() -> None:
    """Every five minutes: those who have not answered a call for views are reminded a day before it closes."""
    call_reminder.run_due()


@shared_task
def ask_newcomers() -> None:
    """Once an hour: whoever joined since a call for views opened is asked too."""
    call_reminder.ask_newcomers()

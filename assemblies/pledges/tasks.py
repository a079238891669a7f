"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.pledges.actions import reminder


@shared_task
def ask_about_pledges() -> None:
    """Once an hour: owners whose day it is are asked how their pledge goes."""
    reminder.ask_owners()


@shared_task
def tell_partners() -> None:
    """Each quarter of an hour: the members of partners are told what is new."""
    reminder.tell_partners()

"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.papers.actions import pack_making, report_step


@shared_task
def remind_of_steps() -> None:
    """Once an hour: who holds a step of a report is reminded two days before its day, and on it."""
    report_step.remind_due()


@shared_task
def make_packs() -> None:
    """Four times a minute, and when papers are published: the packs that wait are made."""
    pack_making.make_waiting()

"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from partnership.partners.actions import yearly_check


@shared_task
def ask_whether_pages_are_right() -> None:
    """Once an hour: organisations whose page was last checked a year ago are asked."""
    yearly_check.ask_due()

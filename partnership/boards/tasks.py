"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from partnership.boards.actions import application, election_clock, notices


@shared_task
def hold_elections() -> None:
    """Once a minute: elections are moved to where their timetables say, and those who have not voted are reminded."""
    election_clock.tick()


@shared_task
def tell_nominators() -> None:
    """Once an hour: those who nominate are told of terms that end soon and of vacancies, once each."""
    notices.run()


@shared_task
def delete_applications() -> None:
    """Once an hour: applications for posts decided six months ago are deleted."""
    application.delete_due()

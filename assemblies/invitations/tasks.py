"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.invitations.actions import invitation_run


@shared_task
def resume_runs() -> None:
    """Once a minute, and when somebody chooses send: the invitations that have still to be queued."""
    invitation_run.resume()

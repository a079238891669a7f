"""What the clock starts. Entry points only: each calls one action."""

from celery import shared_task

from assemblies.past_papers.actions import file_reading


@shared_task
def read_imports() -> None:
    """Every few seconds, and when somebody sends old papers in: what has still to be read of them."""
    file_reading.resume()

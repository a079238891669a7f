"""How a to-do names a meeting: by its title and its day, since many have the same title."""

from datetime import datetime

from partnership.dates import short_day

WHICH = {"meeting": "meeting__title", "slug": "meeting__slug", "starts_at": "meeting__starts_at"}  # of a row's meeting


def on_its_day(title: str, starts_at: datetime) -> str:
    """Returns "Partnership Assembly, 17 September 2020"."""
    return f"{title}, {short_day(starts_at)}"

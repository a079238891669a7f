"""What is personal, who sees it, and until when. Each app says so of its own models in `retention.py`:

    retention.personal(
        "meetings.Follower",
        what="who follows a meeting",
        fields=("email",),
        seen_by="staff",
        until="12 months after the meeting",
    )

    @retention.deletes(retention.ATTENDEES)
    def followers(meeting) -> dict[str, int]: …

A test walks every field that could hold something about a person: it has an entry here, or the test says why it holds
nothing. The clock runs what is due. The privacy page shows it all in a table.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

log = logging.getLogger(__name__)

# When something is deleted: at every run, for what has its own day; or a fixed time after a meeting, in its transaction.
EVERY_HOUR, NEEDS, ATTENDEES = "every hour", "access needs of a meeting", "people of a meeting"


@dataclass(frozen=True)
class Personal:
    """What a model holds about people. `what` and `until`, when it goes or why it stays, are read on the privacy page."""

    model: str
    what: str
    fields: tuple[str, ...]
    seen_by: str
    until: str


PERSONAL: dict[str, Personal] = {}
DELETIONS: dict[str, list[Callable[[Any], dict[str, int]]]] = {EVERY_HOUR: [], NEEDS: [], ATTENDEES: []}


def personal(model: str, *, what: str, fields: tuple[str, ...], seen_by: str, until: str) -> None:
    """Adds what a model, named by its label, holds about people."""
    PERSONAL[model] = Personal(model, what, fields, seen_by, until)


def deletes(occasion: str) -> Callable:
    """Adds a function that deletes what is due: given the time for EVERY_HOUR, otherwise the meeting it is about. It
    returns how many rows of each kind went, under the names the audit log keeps."""

    def add(function: Callable[[Any], dict[str, int]]) -> Callable[[Any], dict[str, int]]:
        DELETIONS[occasion].append(function)
        return function

    return add


def run(occasion: str, about: Any) -> dict[str, int]:
    """Deletes what every app has to delete on the occasion; returns how many rows of each kind."""
    counts: dict[str, int] = {}
    for delete in DELETIONS[occasion]:
        counts |= delete(about)
    return counts


def every_hour(now: datetime) -> dict[str, int]:
    """Deletes what has its own day, each app in its own transactions: one that fails does not stop the others."""
    counts: dict[str, int] = {}
    for delete in DELETIONS[EVERY_HOUR]:
        try:
            counts |= delete(now)
        except Exception:  # the other apps' personal data must still go on its day
            log.exception("%s could not delete what is due; the next hour tries again", delete.__module__)
    return counts

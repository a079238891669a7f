"""Who did what, and when: append-only.

`audit.record(by=user, verb="meeting.published", subject=meeting, places=3)` is the whole interface.
"""

from typing import Any


def record(*, by: Any, verb: str, subject: Any, **details: Any) -> None:
    """Write one entry of the audit log inside the caller's transaction. See `actions/entry.py`."""
    from partnership.audit.actions import entry  # models load later than this package, which actions everywhere import

    entry.record(by=by, verb=verb, subject=subject, details=details)

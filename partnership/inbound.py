"""What comes in by email. Each app says in its `inbound.py` what it takes from the mailbox:

    @inbound.takes
    def delivery_report(content: bytes) -> Taken | None: …

An email is offered to each in turn; the first that recognises it takes it. What it says is not trusted, and nothing
raises.
"""

from collections.abc import Callable
from typing import NamedTuple


class Taken(NamedTuple):
    """The outcome of an email that an app recognised: whether to mark it as read, and how many rows it changed."""

    settled: bool
    changed: int


Take = Callable[[bytes], Taken | None]
TAKERS: list[Take] = []


def takes(function: Take) -> Take:
    """Adds a function that is given the bytes of an email, and returns None for one it does not recognise."""
    TAKERS.append(function)
    return function


def offer(content: bytes) -> Taken:
    """Offers an email to each app; one that none recognises stays unread."""
    for take in TAKERS:
        if taken := take(content):
            return taken
    return Taken(settled=False, changed=0)

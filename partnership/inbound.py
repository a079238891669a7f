"""What comes in by email. Each app says in its `inbound.py` what it takes from the mailbox:

    @inbound.wants
    def says_it_is_a_report(header: bytes) -> bool: …

    @inbound.takes
    def delivery_report(content: bytes) -> Taken | None: …

An email that no app wants by its header (kind and recipients, in lower case) is not fetched. One that is wanted is offered
to each in turn; the first that recognises it takes it. What it says is not trusted. An app that fails on an email
leaves nothing half done, and the others are still asked.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

log = logging.getLogger(__name__)


class Taken(NamedTuple):
    """The outcome of an email that an app recognised: whether to mark it as read, and how many rows it changed.

    `failed`: an app failed on it and no other settled it, so it should be offered again.
    """

    settled: bool
    changed: int
    failed: bool = False


Take = Callable[[bytes], Taken | None]
TAKERS: list[Take] = []
Want = Callable[[bytes], bool]
WANTS: list[Want] = []


def wants(function: Want) -> Want:
    """Adds a function that is given what an email's header says of its kind and recipients, in lower case."""
    WANTS.append(function)
    return function


def is_wanted(header: bytes) -> bool:
    """Whether any app wants to read an email with this header."""
    return any(want(header) for want in WANTS)


def takes(function: Take) -> Take:
    """Adds a function that is given the bytes of an email, and returns None for one it does not recognise."""
    TAKERS.append(function)
    return function


def offer(content: bytes) -> Taken:
    """Offers an email to each app; one that none recognises stays unread."""
    failed = False
    for take in TAKERS:
        try:
            with transaction.atomic():
                taken = take(content)
        except Exception:  # one app's fault must not keep the mailbox from the others
            log.exception("%s could not take an email", take.__module__)
            failed = True
            continue
        if taken:
            return taken._replace(failed=failed and not taken.settled)
    return Taken(settled=False, changed=0, failed=failed)

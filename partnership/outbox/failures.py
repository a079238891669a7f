"""What the answer of a mail server says about an address: whether to try again, and whether it can be used at all.

RFC 3463 names the numbers: 5.1.1 is no such mailbox, 5.2.2 a full one, 5.7.1 a rule of theirs that refuses this email.
"""

import re

from partnership.outbox.models.message import Failure

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
FULL = {"5.2.2", "5.3.1"}  # a mailbox, or a whole system, without room
GAVE_UP = {"5.4.7"}  # a server that tried for days
ABOUT_US = {"5.1.7", "5.1.8"}  # it does not like the sender
GONE = {"5.2.1", "5.4.1", "5.4.4", "5.4.310"}  # a disabled mailbox; no such person at Exchange Online; no such domain
NO_SUCH_PERSON = {550, 551, 553, 556}  # where a server gives no status
NO_ROOM = 552


def kind_of(code: int | None, words: str, status: str = "") -> Failure:
    """Returns what kind of failure a server reports: by the status of a report, the one in its words, or its code.

    A status that ends in ".0.0" says nothing; the one in the words may.
    """
    if not status or status.endswith(".0.0"):
        found = STATUS.search(words[:300])
        status = found[0] if found else status
    if status and not status.endswith(".0.0"):
        return _of_status(status)
    if status.startswith("4") or (code is not None and code < 500) or code == NO_ROOM:
        return Failure.LATER
    return Failure.ADDRESS if code in NO_SUCH_PERSON else Failure.OTHER


def _of_status(status: str) -> Failure:
    kind, subject, _ = status.split(".")
    if kind == "4" or status in FULL | GAVE_UP:
        return Failure.LATER
    if subject == "7" or status in ABOUT_US:
        return Failure.POLICY
    return Failure.ADDRESS if subject == "1" or status in GONE else Failure.OTHER

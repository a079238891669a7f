"""What a delivery report says (RFC 3464): the email a server sends back when it could not deliver what it had taken.

    multipart/report; report-type=delivery-status
      text/plain                                  (for people, in any language: not read)
      message/delivery-status                     (fields about the message, then a block of fields for each recipient)
      message/rfc822 or text/rfc822-headers       (the email it is about, or its headers)

Anybody may send one, whole or broken, so nothing here trusts what it reads and nothing raises.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.message import Message
from email.parser import HeaderParser
from typing import Any

from partnership.outbox import failures
from partnership.outbox.models.message import Failure as FailureKind

STATUS = ("message/delivery-status", "message/global-delivery-status")
RETURNED = ("message/rfc822", "message/global")
RETURNED_HEADERS = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
MESSAGE_ID = re.compile(r"<[^\s<>]+@[^\s<>]+>")
GIVEN_UP = re.compile(r"[45]\.\d{1,3}\.\d{1,3}(?!\d)")
SPOKEN = re.compile(r"(?P<code>5\d\d)(?:[ -]|$)")
SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
MOST_RECIPIENTS = 50  # of one report; our emails have one each
LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient a server has given up: their address as the report names it, and why in that server's words."""

    addresses: frozenset[str]
    code: int | None
    words: str
    kind: FailureKind


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of the email with this Message-ID. No failures: it is delayed, relayed or was delivered."""

    message_id: str
    failures: tuple[Failure, ...]


def read(content: bytes) -> Report | None:
    """The report in these bytes, which may be cut short; None for any other email and for one that cannot be understood."""
    try:
        return _read(content)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # the parser stumbles over some broken emails, such as a zero byte in the name of a character set


def _read(content: bytes) -> Report | None:
    mail = message_from_bytes(content)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return None
    parts = [part for part in mail.get_payload() if isinstance(part, Message)]
    status = next((part for part in parts if part.get_content_type() in STATUS), None)
    message_id = next(filter(None, map(_message_id, parts)), "")
    if status is None or not message_id:
        return None
    return Report(message_id, tuple(_failures(_blocks(status))))


def _failures(blocks: Iterable[Message]) -> Iterator[Failure]:
    """The recipients given up: Action "failed" and a status of class 5, or of class 4 where a server tried for days (RFC
    3464 2.3.3 and 2.3.4)."""
    for block in list(blocks)[:MOST_RECIPIENTS]:
        action, status = (_field(block, name).partition("(")[0].strip().lower() for name in ("Action", "Status"))
        addresses = frozenset(
            filter(None, (_address(block, name) for name in ("Original-Recipient", "Final-Recipient")))
        )
        given_up = GIVEN_UP.match(status)
        if action == "failed" and given_up and addresses:
            code, words = _reason(block, status)
            yield Failure(addresses, code, words, failures.kind_of(code, words, given_up[0]))


def _reason(block: Message, status: str) -> tuple[int | None, str]:
    """(SMTP code, words) of a Diagnostic-Code such as "smtp; 550 5.1.1 No such user"."""
    kind, _, words = _field(block, "Diagnostic-Code").partition(";")
    words = (words or kind).strip()
    if not words:
        return None, f"The mail server gave no reason, only the number {status}."
    spoken = SPOKEN.match(words)
    if not spoken:
        return None, words[:LONGEST_WORDS]
    return int(spoken["code"]), words[spoken.end() :].strip()[:LONGEST_WORDS] or words


def _address(block: Message, name: str) -> str:
    """The address in a field such as "rfc822; ann@example.org", in lower case."""
    return _field(block, name).rpartition(";")[2].strip().strip("<>").lower()


def _field(block: Message, name: str) -> str:
    """The first field of that name on one line, with nothing in it that a database or a page could not hold."""
    raw = next((value for known, value in block.raw_items() if known.lower() == name.lower()), "")
    text = str(raw).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return SPACE.sub(" ", text).strip()


def _blocks(status: Message) -> Iterator[Message]:
    """Each block of fields. The parser splits up the older of the two types itself; of the newer it reads the first."""
    inside = status.get_payload()
    for block in inside if isinstance(inside, list) else []:
        if not isinstance(block, Message):
            continue
        yield block
        rest = block.get_payload()
        for fields in re.split(r"\r?\n\r?\n", rest) if isinstance(rest, str) else []:
            yield message_from_string(fields)


def _message_id(part: Message) -> str:
    """The Message-ID of the email that a part returns, "" where it returns none."""
    kind, inside = part.get_content_type(), part.get_payload()
    returned: Any = None
    if kind in (*RETURNED, *RETURNED_HEADERS) and isinstance(inside, list) and inside:
        returned = inside[0]
    elif kind in RETURNED_HEADERS:
        decoded = part.get_payload(decode=True)
        text = decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
        returned = HeaderParser().parsestr(text)
    found = MESSAGE_ID.search(_field(returned, "Message-ID")) if returned is not None else None
    return found[0] if found else ""

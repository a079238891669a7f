"""What a calendar program answers to an invitation (RFC 5546 3.2.3), as Outlook, Google and Apple write it.

    multipart/alternative or multipart/mixed
      text/plain                                   (for people: not read)
      text/calendar; method=REPLY                  UID, SEQUENCE, DTSTAMP and one ATTENDEE with its PARTSTAT

Anybody may send one, whole or broken: nothing here trusts what it reads, and nothing raises.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar

from assemblies.meetings import reply_address
from partnership.text import one_line

MOST_BYTES = 100_000  # of the calendar part; a reply has one or two thousand
MOST_PARTS = 50
TO_US = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
ANSWERS = {"ACCEPTED", "DECLINED", "TENTATIVE"}
SEQUENCES = range(2**31)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. Empty text is what it did not say; `trouble` is why it cannot count, in words for staff.

    `answer` is PARTSTAT in capitals, or the method where it is not REPLY. `digest` is the same for the same reply.
    """

    keys: tuple[str, ...]
    sender: str
    digest: str
    uid: str = ""
    attendee: str = ""
    answer: str = ""
    sequence: int = 0
    stamped_at: datetime | None = None
    trouble: str = ""


def read(content: bytes) -> Reply | None:
    """The reply in these bytes; None for an email that is not to one of our addresses for replies, or holds no calendar."""
    try:
        mail = message_from_bytes(content)
        keys = [key for name in TO_US for value in mail.get_all(name, []) for key in reply_address.keys_in(str(value))]
        part = _calendar_part(mail) if keys else None
        if part is None:
            return None
        sender = next((address for _, address in getaddresses([str(mail.get("From", ""))])), "")
        payload: Any = part.get_payload(decode=True) or b""
    except Exception:  # noqa: BLE001 - the parser stumbles over broken emails in many ways
        return None
    digest = hashlib.sha256(payload + b"\n" + sender.lower().encode("utf-8", "replace")).hexdigest()
    about: dict[str, Any] = {"keys": tuple(dict.fromkeys(keys)), "sender": _short(sender.lower()), "digest": digest}
    try:
        return Reply(**about, **_facts(payload))
    except Exception:  # noqa: BLE001 - a foreign file: icalendar raises whatever its parts raise
        return Reply(**about, trouble="The calendar file could not be read.")


def _calendar_part(mail: Message) -> Message | None:
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            return None
        if part.get_content_type() in ("text/calendar", "application/ics") and not part.is_multipart():
            return part
    return None


def _facts(payload: bytes) -> dict[str, Any]:
    if len(payload) > MOST_BYTES:
        return {"trouble": "The calendar file is too large."}
    calendar: Any = Calendar.from_ical(payload)
    method = str(calendar.get("METHOD", "")).upper()
    events = calendar.walk("VEVENT")
    if len(events) != 1:
        return {"answer": _short(method), "trouble": "It is not about one meeting."}
    event = events[0]
    attendees = _listed(event.get("ATTENDEE"))
    attendee: Any = attendees[0] if attendees else ""
    params = {name.upper(): str(value) for name, value in getattr(attendee, "params", {}).items()}
    partstat = params.get("PARTSTAT", "NEEDS-ACTION").upper()
    found = {
        "uid": _short(str(event.get("UID", ""))),
        "attendee": _address(attendee),
        "answer": _short(partstat if method == "REPLY" else method),
        "sequence": int(event.get("SEQUENCE", 0)),
        "stamped_at": _moment(event["DTSTAMP"].dt),
    }
    delegated = partstat == "DELEGATED" or bool({"DELEGATED-TO", "DELEGATED-FROM"} & params.keys())
    troubles = {
        "They propose another time.": method == "COUNTER",
        "It is not an answer to an invitation.": method != "REPLY",
        "It does not answer for one person.": len(attendees) != 1,
        "They ask somebody else to come in their place.": delegated,
        "Somebody else answered for them.": "SENT-BY" in params,
        "It says neither yes nor no.": partstat not in ANSWERS,
        "It is about an entry that we did not send.": "RECURRENCE-ID" in event or found["sequence"] not in SEQUENCES,
    }
    return found | {"trouble": next((words for words, holds in troubles.items() if holds), "")}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _address(value: Any) -> str:
    text = str(value).strip()
    return _short(text[7:].strip() if text.lower().startswith("mailto:") else text).lower()


def _moment(value: Any) -> datetime:
    """DTSTAMP is in UTC; some programs forget to say so. Raises AttributeError for a day, which is broken."""
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _short(text: str) -> str:
    return one_line(text)[:254]

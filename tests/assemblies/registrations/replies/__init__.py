"""Replies to an invitation as calendar programs write them, with gaps for who answers what."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

PROGRAMS = ("outlook", "google", "apple")
WORDS = {"ACCEPTED": "Accepted", "DECLINED": "Declined", "TENTATIVE": "Tentative"}


def reply(
    program: str,
    answer: str,
    *,
    organizer: str,
    uid: str,
    attendee: str,
    sender: str = "",
    sequence: int = 0,
    stamp: datetime | None = None,
    method: str = "REPLY",
    more: str = "",
) -> bytes:
    """An email; `more` are parameters of ATTENDEE, such as `;SENT-BY="mailto:pa@example.org"`. Written in a minute, so
    that it is later than what happened in the test before."""
    text = (Path(__file__).parent / f"{program}.eml").read_text()
    facts = {
        "organizer": organizer,
        "uid": uid,
        "attendee": attendee,
        "sender": sender or attendee,
        "sequence": str(sequence),
        "stamp": f"{stamp or timezone.now() + timedelta(minutes=1):%Y%m%dT%H%M%SZ}",
        "method": method,
        "partstat": answer,
        "word": WORDS.get(answer, answer),
        "more": more.replace("=", "=3D") if program == "apple" else more,
    }
    for name, value in facts.items():
        text = text.replace(f"{{{name}}}", value)
    return text.replace("\n", "\r\n").encode()

"""Meetings as calendar entries that Outlook, Google and Apple understand (RFC 5545; invitations by RFC 5546).

One meeting keeps one UID for good. SEQUENCE counts the changes of the meeting that matter and, in what is one person's
own, the changes of their place: no later entry is ever below an earlier one. An invitation names one ATTENDEE, so lists
do not leak; a feed names none. The joining link is there only for those who hold a place.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText
from icalendar.parser import Contentline, Parameters

from assemblies.meetings import reply_address
from partnership.text import legible, one_line

LONDON = ZoneInfo("Europe/London")
NOT_HERE = "Accepting or declining in your calendar does not tell us: please use the link."
HERE_TOO = "You can also accept or decline in your calendar."
LONGEST_SUMMARY = 600  # characters: enough to say what it is about; the link leads to the rest


class Status(StrEnum):
    """What an entry says of itself (RFC 5545 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"
    NONE = ""  # in a CANCEL to one person: the meeting goes ahead without them (RFC 5546 3.2.5)


class Own(NamedTuple):
    """What a person's own entry says beside the meeting.

    `attends` (a `Registration.Attendance`) says which of the two ways into a hybrid meeting is theirs, and comes first.
    `tentative` says why it is not sure, in a word or two before the title; `busy` whether it takes up their time.
    `changes` is how often their place changed: it is added to the meeting's sequence.
    """

    holds_place: bool = False
    busy: bool = True
    tentative: str = ""
    attends: str = ""
    changes: int = 0


NOBODY = Own()


class Facts(NamedTuple):
    """What an entry says about its meeting to everyone who sees it: two entries with the same facts read the same."""

    uid: str
    sequence: int
    status: Status
    busy: bool
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    location: str
    about: str
    changed_at: datetime


def request_for(meeting, to_email: str, to_name: str, link: str, own: Own = NOBODY) -> str:
    """Returns an invitation (METHOD:REQUEST) for one person. `link` is their personal link, and leads back.

    Where they hold a place the entry is theirs already, and holds the joining link. It asks for an answer only where answers
    are read (see `reply_address`).
    """
    status = {"PARTSTAT": "ACCEPTED"} if own.holds_place else {"PARTSTAT": "NEEDS-ACTION"}
    if not own.holds_place and reply_address.are_read():
        status["RSVP"] = "TRUE"
    facts = _facts(meeting, own)
    return _calendar("REQUEST", [_entry(facts, link, timezone.now(), _people(facts, to_email, to_name, status))])


def meeting_cancelled_for(meeting, to_email: str, to_name: str, link: str, own: Own = NOBODY) -> str:
    """Returns what tells one person's calendar that the meeting is off (METHOD:CANCEL with STATUS:CANCELLED)."""
    return _cancel(_without_them(meeting, own, Status.CANCELLED), to_email, to_name, link)


def not_coming_for(meeting, to_email: str, to_name: str, link: str, own: Own) -> str:
    """Returns what takes one person off a meeting that goes ahead (METHOD:CANCEL without a STATUS, RFC 5546 3.2.5)."""
    return _cancel(_without_them(meeting, own, Status.NONE), to_email, to_name, link)


def _without_them(meeting, own: Own, status: Status) -> Facts:
    return _facts(meeting, own._replace(holds_place=False))._replace(status=status, busy=False)  # nothing to join


def _cancel(facts: Facts, to_email: str, to_name: str, link: str) -> str:
    return _calendar("CANCEL", [_entry(facts, link, timezone.now(), _people(facts, to_email, to_name, {}))])


def publish(meetings: Iterable, name: str, link_of: Callable[[Any], str], own: Mapping[int, Own] | None = None) -> str:
    """Returns a feed (METHOD:PUBLISH) called `name`, the same to the letter until a meeting in it changes.

    `own` holds, by the ids of meetings, what the reader's own entries say: only where they hold a place, how to join.
    """
    entries, own = [], own or {}
    for meeting in meetings:
        facts = _facts(meeting, own.get(meeting.pk, NOBODY))
        entries.append(_entry(facts, link_of(meeting), facts.changed_at))
    return _calendar("PUBLISH", entries, name)


def uid(meeting) -> str:
    """Returns the identity of the meeting's entry in every calendar, whatever address the portal has."""
    return f"{meeting.uid}@{settings.CALENDAR_DOMAIN}"


def _facts(meeting, own: Own) -> Facts:
    link = meeting.joining_link if own.holds_place and meeting.has_link else ""
    room = meeting.venue if meeting.has_room else ""
    from_afar = bool(room) and meeting.has_link and own.attends == "online"
    about = [meeting.summary[:LONGEST_SUMMARY]]
    if link:
        fallback = room and own.attends == "in_person"
        way = "If you cannot be there in person after all, join online" if fallback else "Join online"
        about += [f"{way}: {link}", meeting.joining_instructions]
    if from_afar:
        about.append(f"Or in person: {room}")
        room = ""
    status = _status(meeting, own)
    return Facts(
        uid(meeting),
        meeting.sequence + own.changes,
        status,
        status == Status.CONFIRMED and own.busy,
        f"{own.tentative}: {meeting.title}" if status == Status.TENTATIVE else meeting.title,
        meeting.get_kind_display(),
        meeting.starts_at,
        meeting.ends_at,
        room or link or "Online",
        "\n\n".join(part.strip() for part in about if part.strip()),
        meeting.changed_at,
    )


def _status(meeting, own: Own) -> Status:
    if meeting.state == meeting.State.CANCELLED:
        return Status.CANCELLED
    return Status.TENTATIVE if own.tentative else Status.CONFIRMED


def _entry(facts: Facts, link: str, stamp: datetime, people: Iterable[str] = ()) -> str:
    words = (
        f"Details, and your answer: {link}\n{HERE_TOO if reply_address.are_read() else NOT_HERE}"
        if people and facts.status in (Status.CONFIRMED, Status.TENTATIVE)
        else f"Details, and any change: {link}"
    )
    about = legible(f"{facts.about}\n\n{words}".strip())
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            _shared_lines(facts),
            _line("DESCRIPTION", vText(about)),
            _line("URL", link),
            *(people or [_organizer_line(_from()[1])]),
            "END:VEVENT",
        ]
    )


@lru_cache(maxsize=2048)
def _shared_lines(facts: Facts) -> str:
    """The lines of an entry that are the same for everyone: made once for a thousand invitations."""
    event = Event()
    event.add("uid", facts.uid)
    event.add("sequence", facts.sequence)
    if facts.status:
        event.add("status", facts.status.value)
    event.add("summary", one_line(f"Cancelled: {facts.title}" if facts.status == Status.CANCELLED else facts.title))
    event.add("dtstart", facts.starts_at.astimezone(LONDON))
    event.add("dtend", facts.ends_at.astimezone(LONDON))
    event.add("location", one_line(facts.location))
    event.add("categories", [facts.kind])
    event.add("last-modified", facts.changed_at.astimezone(UTC))
    event.add("transp", "OPAQUE" if facts.busy else "TRANSPARENT")
    lines = _lines(event)
    return "\r\n".join(lines[1:-1])


def _from() -> tuple[str, str]:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)


def _organizer_line(address: str) -> str:
    return _line("ORGANIZER", f"mailto:{address}", {"CN": _from()[0] or settings.PORTAL_NAME})


def _people(facts: Facts, email: str, name: str, status: dict[str, str]) -> list[str]:
    """Who invites, by an address of this person's alone where answers are read, and who is invited."""
    return [_organizer_line(reply_address.of(facts.uid, email) or _from()[1]), _attendee(email, name, status)]


def _attendee(email: str, name: str, status: dict[str, str]) -> str:
    words = one_line(name) or email
    return _line("ATTENDEE", f"mailto:{email}", {"CN": words, "ROLE": "REQ-PARTICIPANT", **status})


def _line(name: str, value: object, params: dict[str, str] | None = None) -> str:
    return Contentline.from_parts(name, Parameters(params or {}), value).to_ical().decode()


def _calendar(method: str, entries: list[str], name: str = "") -> str:
    parts = [_head(method, name), *entries, "END:VCALENDAR", ""]
    return "\r\n".join(parts)


@lru_cache(maxsize=256)
def _head(method: str, name: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PORTAL_NAME}//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", one_line(name))
        calendar.add("x-wr-calname", one_line(name))
        calendar.add("x-wr-timezone", "Europe/London")
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    return "\r\n".join([*_lines(calendar)[:-1], _london()])


@cache
def _london() -> str:
    """British time as the law has had it since 1996 (Summer Time Order 2002): clocks change on the last Sundays of
    March and October at 1am Greenwich time, for as long as no new order says otherwise."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for part, start, month, before, after, name in (
        (TimezoneDaylight(), datetime(1996, 3, 31, 1), 3, 0, 1, "BST"),  # noqa: DTZ001 — local by RFC 5545 3.6.5
        (TimezoneStandard(), datetime(1996, 10, 27, 2), 10, 1, 0, "GMT"),  # noqa: DTZ001 — the same
    ):
        part.add("dtstart", start)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        part.add("rrule", vRecur({"FREQ": ["YEARLY"], "BYMONTH": [month], "BYDAY": ["-1SU"]}))
        zone.add_component(part)
    return "\r\n".join(_lines(zone))


def _lines(component) -> list[str]:
    return component.to_ical().decode().removesuffix("\r\n").split("\r\n")

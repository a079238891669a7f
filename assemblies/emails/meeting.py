"""Mails to everybody who should know that a meeting moved, was cancelled, or has an agenda: each person once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from assemblies import calendar
from assemblies.emails.letter import Letter
from assemblies.models import AgendaVersion, Meeting, MeetingMove
from assemblies.recipients import Recipient, Tie
from partnership import dates, outbox
from partnership.outbox.message_keys import message_key
from partnership.outbox.models import Message

GAPS = ("name", "link", "until")
SUPERSEDED = "The meeting changed before this was sent. A newer email has the link to confirm."


def moved(*, meeting: Meeting, move: MeetingMove, people: Iterable[Recipient]) -> int:
    """Tells them the old and the new time, with the entry that moves it in their calendar; returns how many are new."""
    old = dates.span(move.old_starts_at, move.old_ends_at)
    key = message_key("meeting", meeting.pk, "moved", move.pk)
    context = {"meeting": meeting, "old": old, "reason": move.reason}
    return _tell("meeting_moved", context, people, key=key, not_after=meeting.starts_at, method="REQUEST")


def changed(*, meeting: Meeting, what: str, people: Iterable[Recipient]) -> int:
    """Tells them what else changed, with the entry that says so in their calendar; returns how many are new."""
    key = message_key("meeting", meeting.pk, "changed", meeting.revision)
    context = {"meeting": meeting, "what": what}
    return _tell("meeting_changed", context, people, key=key, not_after=meeting.starts_at, method="REQUEST")


def cancelled(*, meeting: Meeting, people: Iterable[Recipient]) -> int:
    """Tells them that it does not take place, with what takes it out of their calendar; returns how many are new."""
    key = message_key("meeting", meeting.pk, "cancelled")
    context = {"meeting": meeting, "reason": meeting.cancelled_reason}
    return _tell("meeting_cancelled", context, people, key=key, not_after=meeting.ends_at, method="CANCEL")


def agenda_published(*, version: AgendaVersion, people: Iterable[Recipient]) -> int:
    """Tells followers that there is an agenda, or what changed in it; returns how many are new."""
    meeting = version.meeting
    address = f"{settings.PORTAL_URL}{meeting.get_absolute_url()}"
    key = message_key("agenda", version.pk, "published")
    context = {"meeting": meeting, "version": version, "address": address, "items": list(version.items.all())}
    return _tell("agenda_published", context, people, key=key, not_after=meeting.ends_at, method="")


def _tell(
    template: str, context: dict[str, Any], people: Iterable[Recipient], *, key: str, not_after: datetime, method: str
) -> int:
    people = list(people)
    _take_back_requests_to_confirm(people)
    letters: dict[tuple[Tie, bool, str], Letter] = {}
    drafts = []
    for person in people:
        reader = (person.tie, person.joins_online, person.attends)
        if reader not in letters:
            theirs = {"tie": person.tie, "joining": person.joins_online, "attends": person.attends}
            letters[reader] = Letter(template, context | theirs, GAPS)
        words = letters[reader].to(name=person.name or "colleague", link=person.link, until=_until(person))
        drafts.append(
            outbox.Draft(
                key=message_key(key, person.email.lower()),
                to=person.email,
                to_name=person.name,
                subject=words.subject,
                text=words.text,
                html=words.html,
                calendar=_entry(context["meeting"], person, method),
                calendar_method=_method(person, method),
                not_after=not_after,
                about=person.about,
                sensitive=True,
            )
        )
    return len(outbox.enqueue_many(drafts))


def _take_back_requests_to_confirm(people: list[Recipient]) -> None:
    """What asks them to confirm, and has not left, speaks of the meeting as it was: what they get now asks it too."""
    asked = {person.about for person in people if person.tie == Tie.UNCONFIRMED}
    stale = Message.objects.open().filter(about__in=asked).values_list("key", flat=True) if asked else ()
    outbox.withdraw(keys=stale, because=SUPERSEDED)


def _until(person: Recipient) -> str:
    return dates.moment(person.until) if person.until else ""


def _method(person: Recipient, method: str) -> str:
    """People who were never asked to put the meeting in their calendar get the entry to take or leave."""
    asked = person.tie in (Tie.COMING, Tie.INVITED)
    return (method if asked or method == "CANCEL" else "PUBLISH") or "REQUEST"


def _entry(meeting: Meeting, person: Recipient, method: str) -> str:
    """Nothing for those who have yet to confirm their address: they never had an entry."""
    if not method or person.tie == Tie.UNCONFIRMED:
        return ""
    if method == "CANCEL":
        return calendar.cancel_for(meeting, person.email, person.name, person.link, attends=person.attends)
    if _method(person, method) == "PUBLISH":
        return calendar.publish([meeting], meeting.title, lambda _: person.link)
    return calendar.request_for(
        meeting, person.email, person.name, person.link, holds_place=person.holds_place, attends=person.attends
    )

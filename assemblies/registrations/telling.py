"""One letter to everybody who should know something of a meeting, each by their tie to it, each once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assemblies.meetings import calendar
from assemblies.meetings.emails.letter import Letter
from assemblies.meetings.models import Meeting
from assemblies.registrations.recipients import Recipient, Tie
from partnership import dates, outbox
from partnership.outbox.message_keys import message_key
from partnership.outbox.models import Message

GAPS = ("name", "link", "until")
SUPERSEDED = "The meeting changed before this was sent. A newer email has the link to confirm."


def tell(
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
        words = letters[reader].to(name=person.name or "reader", link=person.link, until=_until(person))
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
                unsubscribe=person.unsubscribe,
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
        return calendar.meeting_cancelled_for(meeting, person.email, person.name, person.link, person.entry)
    if _method(person, method) == "PUBLISH":
        return calendar.publish([meeting], meeting.title, lambda _: person.link, {meeting.pk: person.entry})
    return calendar.request_for(meeting, person.email, person.name, person.link, person.entry)

"""A board that meets in public, with the agenda its chair publishes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.models import Document
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration.days import at

IN_PUBLIC = {
    "title": "Partnership Board in public",
    "kind": Meeting.Kind.BOARD,
    "summary": "The board meets in public. Illustrative: this meeting is invented.",
    "illustrative": True,
}
ONLINE = {"format": Meeting.Format.ONLINE, "joining_link": "https://meet.example.org/board"}


def add(board: Board, staff: User, day: date, *, published_at: datetime, start: str, end: str, **facts) -> Meeting:
    """Staff create a meeting of the board and publish it."""
    facts.setdefault("slug", f"partnership-board-{day:%d-%B-%Y}".lower())
    facts |= {"starts_at": at(day, start), "ends_at": at(day, end)}
    meeting = meetings.create(by=staff, uid=uuid4(), board=board, **facts)
    return meetings.publish(meeting=meeting, by=staff, now=published_at)


def write_agenda(meeting: Meeting, staff: User, items: Sequence[dict], minutes: int) -> None:
    """Staff draft the agenda; each item takes so many minutes, and may have its `documents`."""
    for number, item in enumerate(items):
        facts: dict = {"presenter": "", "summary": "", "documents": (), **item}
        agenda.write_item(
            meeting=meeting, by=staff, item=None, starts_at=meeting.starts_at + timedelta(minutes=minutes * number),
            **facts,
        )  # fmt: skip


def publish_agenda(meeting: Meeting, now: datetime) -> None:
    """Whoever chairs the board at the moment publishes the draft."""
    chair = agenda.chair_of(meeting, on=now.date())
    draft = agenda.revise(meeting=meeting, by=chair)
    agenda_publication.publish(meeting=meeting, by=chair, seen=agenda_publication.fingerprint(draft), now=now)


def with_paper(item: dict, document: Document) -> dict:
    return item | {"documents": [document]}

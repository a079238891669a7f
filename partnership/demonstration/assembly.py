"""Builds an assembly of the form of September 2020: places, questions, letter, programme, slides, introductions."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import meeting_place
from assemblies.papers.actions import programme
from assemblies.registrations.actions import exit_question
from assemblies.registrations.models import ExitQuestion
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import papers, where, who, words
from partnership.demonstration.days import at
from places.footprint.models import Place

QUESTIONS = [
    exit_question.Row(None, ExitQuestion.Kind.WILL_DO, words.WILL_DO),
    exit_question.Row(None, ExitQuestion.Kind.NEED, words.NEED),
]


def build(
    *, day: date, published_at: datetime, board: Board, people: dict[str, User], places: dict[str, Place], **facts
) -> Meeting:
    """An assembly on the day from 9.30am to 12.30pm with all that its micro-site shows, released by staff."""
    staff = people[who.STAFF]
    meeting = meetings.create(
        by=staff, uid=uuid4(), kind=Meeting.Kind.ASSEMBLY, board=board, starts_at=at(day, "09:30"),
        ends_at=at(day, "12:30"), format=Meeting.Format.ONLINE, discussion_question=words.QUESTION, letter=words.LETTER,
        letter_from="Alan Yates, Chair", places=[places[name] for name in where.NINE], questions=QUESTIONS, **facts,
    )  # fmt: skip
    meeting = meetings.publish(meeting=meeting, by=staff, now=published_at)
    _programme(meeting, day, staff, published_at)
    slides = ["Who the Partnership is", "Why Place, and why now", "What happens after today"]
    papers.release(meeting, "slides", "The chair's slides", slides, by=staff, now=published_at)
    newcomers = ["Who is who in the Partnership", "What a place is", "Words you may hear today"]
    papers.release(meeting, "background", "New to the Partnership? Start here", newcomers, by=staff, now=published_at)
    return meeting


def _programme(meeting: Meeting, day: date, staff: User, released_at: datetime) -> None:
    rows = [
        programme.Row(None, at(day, start), at(day, end), kind, title, speakers, "")
        for start, end, kind, title, speakers in words.PROGRAMME
    ]
    draft = programme.write(meeting=meeting, by=staff, rows=rows, seen=programme.fingerprint(None))
    programme.release(meeting=meeting, by=staff, seen=programme.fingerprint(draft), now=released_at)


def introduce(meeting: Meeting, people: dict[str, User], names: Iterable[str], written_at: datetime) -> None:
    """The leads of the places named write their introductions."""
    for row in meeting.meeting_places.select_related("place"):
        name = row.place.name
        if name in names:
            meeting_place.introduce(
                meeting_place=row, by=people[who.PLACE_LEADS[name]], seen_at=None, now=written_at,
                text=f"{words.INTRODUCTIONS[name]}\n\n*Illustrative introduction.*",
            )  # fmt: skip

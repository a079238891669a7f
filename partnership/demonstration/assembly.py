"""Builds an assembly of the form of September 2020: places, questions, letter, programme, slides, introductions."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingPlace
from assemblies.papers.models import ProgrammeVersion, Session
from assemblies.registrations.models import ExitQuestion
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import papers, where, who, words
from places.footprint.models import Place


def at(day: date, clock: str) -> datetime:
    """A moment in local time: `at(date(2020, 9, 17), "09:30")`."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def build(
    *, title: str, slug: str, day: date, board: Board, people: dict[str, User], places: dict[str, Place], **fields
) -> Meeting:
    """An assembly on the day from 9.30am to 12.30pm with all that its micro-site shows, released by staff."""
    staff = people[who.STAFF]
    meeting = Meeting.objects.create(
        title=title,
        slug=slug,
        kind=Meeting.Kind.ASSEMBLY,
        board=board,
        starts_at=at(day, "09:30"),
        ends_at=at(day, "12:30"),
        discussion_question=words.QUESTION,
        letter=words.LETTER,
        letter_from="Alan Yates, Chair",
        created_by=staff,
        **fields,
    )
    for position, (kind, text) in enumerate([("will_do", words.WILL_DO), ("need", words.NEED)]):
        ExitQuestion.objects.create(meeting=meeting, position=position, kind=kind, text=text)
    released_at = meeting.published_at or timezone.now()
    _programme(meeting, day, staff, released_at)
    slides = ["Who the Partnership is", "Why Place, and why now", "What happens after today"]
    papers.attach(meeting, "slides", "The chair's slides", slides, by=staff, released_at=released_at)
    newcomers = ["Who is who in the Partnership", "What a place is", "Words you may hear today"]
    papers.attach(
        meeting, "background", "New to the Partnership? Start here", newcomers, by=staff, released_at=released_at
    )
    return meeting


def _programme(meeting: Meeting, day: date, staff: User, released_at: datetime) -> None:
    version = ProgrammeVersion.objects.create(
        meeting=meeting,
        number=1,
        state=ProgrammeVersion.State.RELEASED,
        released_at=released_at,
        released_by=staff,
        change_note="First programme. Times are illustrative.",
    )
    Session.objects.bulk_create(
        Session(
            version=version, starts_at=at(day, start), ends_at=at(day, end), kind=kind, title=title, speakers=speakers
        )
        for start, end, kind, title, speakers in words.PROGRAMME
    )


def introduce(
    meeting: Meeting, people: dict[str, User], places: dict[str, Place], names: list[str], seats: int | None
) -> None:
    """The nine places take part; those named have written their introduction."""
    for position, name in enumerate(where.NINE):
        written = name in names
        MeetingPlace.objects.create(
            meeting=meeting,
            place=places[name],
            position=position,
            seats=seats,
            introduction=f"{words.INTRODUCTIONS[name]}\n\n*Illustrative introduction.*" if written else "",
            introduction_by=people[who.PLACE_LEADS[name]] if written else None,
            introduction_at=meeting.starts_at - timedelta(days=20) if written else None,
        )

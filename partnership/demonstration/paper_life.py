"""A published agenda with a newer file that waits for its chair, and a file that was withdrawn from view; all invented."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda
from assemblies.papers.actions import document as documents
from assemblies.papers.models import Document
from partnership.accounts.models import User
from partnership.boards.clear_days import is_working_day
from partnership.boards.models import Board
from partnership.demonstration import assembly, papers, who
from partnership.files.kinds import PDF

WEEKS_AHEAD = 6
WINTER = "Winter plan: who does what"
LETTERS = "What people wrote to us"
ITEMS = [
    ("Welcome and apologies", "information", None),
    ("Ready for winter", "decision", WINTER),
    ("What residents tell us", "discussion", LETTERS),
]
WITHDRAWN_BECAUSE = "Two letters named the people who wrote them. The paper comes back without their names."


def load(people: dict[str, User], board: Board, today: date) -> Meeting:
    """A board in public six weeks ahead, its agenda published early; returns it."""
    staff, chair = people[who.STAFF], people[who.CHAIR]
    meeting = _meeting(board, staff, today)
    for position, (title, purpose, paper) in enumerate(ITEMS):
        with_it = [_paper(meeting, paper, staff)] if paper else []
        agenda.write_item(
            meeting=meeting, by=staff, item=None, documents=with_it, title=title, purpose=purpose,
            presenter=chair.name if position == 0 else staff.name,
            starts_at=meeting.starts_at + timedelta(minutes=30 * position),
        )  # fmt: skip
    agenda.publish(meeting=meeting, by=chair, seen=agenda.fingerprint(agenda.draft_of(meeting)))
    newer = papers.pdf(
        WINTER, ["The same plan, with the beds of the second ward counted.", "All figures are invented."]
    )
    file = SimpleUploadedFile("winter.pdf", newer, PDF.content_type)
    file.kind = PDF
    documents.replace(document=meeting.documents.get(title=WINTER), by=staff, file=file)
    documents.withdraw(document=meeting.documents.get(title=LETTERS), by=staff, because=WITHDRAWN_BECAUSE)
    return meeting


def _meeting(board: Board, staff: User, today: date) -> Meeting:
    day = today + timedelta(weeks=WEEKS_AHEAD)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return Meeting.objects.create(
        title="Partnership Board in public",
        slug=f"partnership-board-{day:%d-%B-%Y}".lower(),
        kind=Meeting.Kind.BOARD,
        board=board,
        summary="The board meets in public. Illustrative: this meeting is invented.",
        starts_at=assembly.at(day, "14:00"),
        ends_at=assembly.at(day, "16:00"),
        format=Meeting.Format.ONLINE,
        joining_link="https://meet.example.org/winter",
        state=Meeting.State.PUBLISHED,
        published_at=timezone.now(),
        created_by=staff,
        illustrative=True,
    )


def _paper(meeting: Meeting, title: str, staff: User) -> Document:
    lines = ["Written for this demonstration. All figures and people are invented."]
    return papers.attach(meeting, "paper", title, lines, by=staff, released_at=None)

"""Meetings of which a paper was published in error; one has its pack, a newer file and a new title that wait for its chair; all
invented."""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.papers.actions import agenda, withdrawal
from assemblies.papers.actions import document as documents
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import board_meeting, papers, uploaded_pdfs, who
from partnership.demonstration.days import at, meeting_day_until

WEEKS_AHEAD = 6
LINES = ["Written for this demonstration. All figures and people are invented."]
WINTER = "Winter plan: who does what"
BUDGET, BUDGET_NOW = "Budget: second draft", "Budget: third draft"
LETTERS = "What people wrote to us"
ITEMS = [
    ("Welcome and apologies", "information", None),
    ("Ready for winter", "decision", WINTER),
    ("Money for the winter", "information", BUDGET),
    ("What residents tell us", "discussion", LETTERS),
]
WITHDRAWN_BECAUSE = "Two letters named the people who wrote them. The paper comes back without their names."
WEEKS_AGO = 5
EARLIER = "Who to call this winter"
EARLIER_BECAUSE = "It held private telephone numbers. Illustrative: no such paper was ever published."


def load(people: dict[str, User], board: Board, today: date) -> Meeting:
    """A board in public six weeks ahead, its agenda drafted; returns it."""
    staff, now = people[who.STAFF], timezone.now()
    meeting = board_meeting.add(
        board, staff, meeting_day_until(today + timedelta(weeks=WEEKS_AHEAD)), published_at=now, start="14:00",
        end="16:00", **board_meeting.IN_PUBLIC, **board_meeting.ONLINE,
    )  # fmt: skip
    items = []
    for title, purpose, paper in ITEMS:
        item = {"title": title, "purpose": purpose, "presenter": staff.name if paper else who.CHAIR}
        items.append(
            board_meeting.with_paper(item, papers.add(meeting, "paper", paper, LINES, by=staff)) if paper else item
        )
    board_meeting.write_agenda(meeting, staff, items, minutes=30)
    _earlier(staff, board, today)
    return meeting


def come_out(meeting: Meeting, staff: User) -> None:
    """The chair publishes the agenda early, with the report of an item; then files change."""
    board_meeting.publish_agenda(meeting, timezone.now())
    newer = papers.file(
        WINTER, ["The same plan, with the beds of the second ward counted.", "All figures are invented."]
    )
    documents.replace(document=meeting.documents.get(title=WINTER), by=staff, file=newer, made_by_portal=True)
    budget = meeting.documents.get(title=BUDGET)
    documents.describe(document=budget, by=staff, kind=budget.kind, title=BUDGET_NOW)
    withdrawal.withdraw(paper=meeting.documents.get(title=LETTERS), by=staff, because=WITHDRAWN_BECAUSE)
    uploaded_pdfs.load(meeting, staff)


def _earlier(staff: User, board: Board, today: date) -> None:
    """A board in public that is over; its chair withdrew one of its papers the day after they published it."""
    day = meeting_day_until(today - timedelta(weeks=WEEKS_AGO))
    published_at = at(board.latest_day_to_publish(day), "10:00")
    meeting = board_meeting.add(
        board, staff, day, published_at=published_at, start="14:00", end="16:00", **board_meeting.IN_PUBLIC,
        **board_meeting.ONLINE,
    )  # fmt: skip
    welcome = {"title": "Welcome and apologies", "purpose": "information"}
    calls = {"title": "Ready for winter", "purpose": "discussion"}
    paper = papers.add(meeting, "paper", EARLIER, LINES, by=staff)
    board_meeting.write_agenda(meeting, staff, [welcome, board_meeting.with_paper(calls, paper)], minutes=30)
    board_meeting.publish_agenda(meeting, published_at)
    paper.refresh_from_db()
    chair = agenda.chair_of(meeting)
    withdrawal.withdraw(paper=paper, by=chair, because=EARLIER_BECAUSE, now=published_at + timedelta(days=1))
    meetings.hold(meeting=meeting, by=staff)
    meetings.close(meeting=meeting, by=staff)

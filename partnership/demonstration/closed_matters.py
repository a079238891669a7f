"""What boards take in private, all invented: an exempt item and an exempt appendix at a council, elsewhere a private item."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda, classification, report, report_appendix
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import board_meeting, cover_reports, papers, who
from partnership.demonstration.days import meeting_day_until

COUNCIL = "Southwark Health and Wellbeing Board"
WEEKS_AHEAD, REVIEW_IN = 7, timedelta(days=120)
LEASE, LEASE_IN_PUBLIC = "The lease of the Walworth rooms: what we would pay", "A property matter"
FALLS, PRICES, PRICES_IN_PUBLIC = "Fewer falls at home", "What each bidder asks", "Prices"
OFFICE, OFFICE_IN_PUBLIC = "Where the partnership’s team will sit", "A staffing matter"
WEIGHED: dict[str, Any] = {
    "interest_for": "The landlord and the bidders would know what we can pay. Illustrative.",
    "interest_against": "It is public money, and people want to know what rooms and services cost. Illustrative.",
    "must_be_registered": False,
}


def load(people: dict[str, User], boards: dict[str, Board], coming: Meeting, today: date) -> Meeting:
    """Adds a council board in public with both, its agenda published, and a private item to the other board's draft; returns
    the council board's meeting."""
    staff, board = people[who.STAFF], boards[COUNCIL]
    meeting = board_meeting.add(
        board, staff, meeting_day_until(today + timedelta(weeks=WEEKS_AHEAD)), published_at=timezone.now(), start="10:00",
        end="12:00", slug="southwark-health-and-wellbeing-board-ahead", title="Health and Wellbeing Board in public",
        **{name: value for name, value in board_meeting.IN_PUBLIC.items() if name != "title"}, **board_meeting.ONLINE,
    )  # fmt: skip
    author = people[who.PARTNER_OFFICER]
    lease, falls = (_planned(meeting, staff, title, author) for title in (LEASE, FALLS))
    until = today + REVIEW_IN
    classification.classify(thing=lease, by=staff, said=_exempt(board, LEASE_IN_PUBLIC, until))
    _report(lease, author, board, prices_until=None)
    _report(falls, author, board, prices_until=until)
    agenda.fill_from_plan(meeting=meeting, by=staff)
    board_meeting.publish_agenda(meeting, timezone.now())
    office = _planned(coming, staff, OFFICE, None)
    ground = SaidOfBoard(coming.board, "own", "It is about members of staff who have not been told yet. Illustrative.")
    classification.classify(thing=office, by=staff, said=Said((ground,), OFFICE_IN_PUBLIC, until))
    agenda.fill_from_plan(meeting=coming, by=staff)
    return meeting


def _planned(meeting: Meeting, staff: User, title: str, lead: User | None) -> PlannedItem:
    topic = topics.add(board=meeting.board, by=staff, title=title, about="Illustrative.", illustrative=True)
    return planned_item.plan(
        topic=topic, board=meeting.board, by=staff, meeting=meeting, purpose="discussion", role="decisive", lead=lead,
        needs_report=lead is not None,
    )  # fmt: skip


def _report(item: PlannedItem, author: User, board: Board, *, prices_until: date | None) -> None:
    """A report that is signed off as the board has no chain; with a day, one whose appendix of prices is exempt."""
    row = report.start(item=item, by=author)
    text = replace(cover_reports.invented(item.title, author), appendices=())
    row = report.write(report=row, by=author, text=text)
    if prices_until:
        file = papers.file(PRICES, ["A: £41,000.", "B: £38,500.", "All figures are invented."])
        appendix = report_appendix.add(report=row, by=author, title=PRICES, file=file, closed=True, made_by_portal=True)
        classification.classify(thing=appendix, by=author, said=_exempt(board, PRICES_IN_PUBLIC, prices_until))
    report.submit(report=row, by=author)


def _exempt(board: Board, title: str, until: date) -> Said:
    return Said((SaidOfBoard(board, "exempt_3", **WEIGHED),), title, until)

"""Two boards that meet in common, ahead, with one agenda that is out and a draft of its next version; all invented."""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda, classification, report
from assemblies.papers.takers import Role, Taker
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import board_meeting, closed_matters, cover_reports, who
from partnership.demonstration.days import meeting_day_until

HOST, OTHER = "Southwark Health and Wellbeing Board", "Partnership Southwark Strategic Board"
WEEKS_AHEAD = 9
HOME, CONTRACT, CONTRACT_IN_PUBLIC = "Home from hospital: one team", "Who runs the night service", "A contract"
HEALTH, VISITS = "How healthy the borough is", "Who visits people who live alone"
ADDED = "How the recovery plan is going"
IN_COMMON = {
    "title": "Southwark boards in common",
    "slug": "southwark-boards-in-common-ahead",
    "summary": "Two boards meet on one agenda, and each takes its own decisions. Illustrative: this meeting is invented.",
}


def load(people: dict[str, User], boards: dict[str, Board], today: date) -> Meeting:
    """Adds the meeting; returns it. The other board's chair has its draft to read, the host's chair has it to publish."""
    staff, host, other = people[who.STAFF], boards[HOST], boards[OTHER]
    meeting = board_meeting.add(
        host, staff, meeting_day_until(today + timedelta(weeks=WEEKS_AHEAD)), published_at=timezone.now(), start="10:00",
        end="12:30", boards=[other], **board_meeting.IN_PUBLIC | IN_COMMON, **board_meeting.ONLINE,
    )  # fmt: skip
    home, contract = (_topic(host, staff, title) for title in (HOME, CONTRACT))
    for board, author in ((host, people[who.PARTNER_OFFICER]), (other, people[who.WORKSTREAM_LEAD])):
        _report(_planned(meeting, board, home, by=staff, purpose="decision", lead=author), author)
        item = _planned(meeting, board, contract, by=staff, purpose="discussion")
    _planned(meeting, host, _topic(host, staff, HEALTH), by=staff, purpose="information")
    _planned(meeting, other, _topic(other, staff, VISITS), by=staff, purpose="discussion")
    until = today + closed_matters.REVIEW_IN
    grounds = (
        SaidOfBoard(host, "exempt_3", **closed_matters.WEIGHED),
        SaidOfBoard(other, "own", "The bids are compared, and no bidder has been told yet. Illustrative."),
    )
    classification.classify(thing=item, by=staff, said=Said(grounds, CONTRACT_IN_PUBLIC, until))
    agenda.fill_from_plan(meeting=meeting, by=staff)
    board_meeting.publish_agenda(meeting, timezone.now())
    agenda.write_item(
        meeting=meeting, by=staff, item=None, documents=(), title=ADDED, purpose="discussion",
        presenter=people[who.WORKSTREAM_LEAD].name, taken_by=[Taker(other, Role.ADVISORY)],
    )  # fmt: skip
    return meeting


def _topic(board: Board, staff: User, title: str) -> Topic:
    return topics.add(board=board, by=staff, title=title, about="Illustrative.", illustrative=True)


def _planned(meeting: Meeting, board: Board, topic: Topic, *, by: User, purpose: str, lead: User | None = None):
    return planned_item.plan(
        topic=topic, board=board, by=by, meeting=meeting, purpose=purpose, lead=lead,
        needs_report=lead is not None, role="decisive" if purpose == "decision" else "advisory",
    )  # fmt: skip


def _report(item: PlannedItem, author: User) -> None:
    """Signed off as it is submitted: neither board has a chain."""
    row = report.start(item=item, by=author)
    report.write(report=row, by=author, text=cover_reports.invented(item.title, author))
    report.submit(report=row, by=author)

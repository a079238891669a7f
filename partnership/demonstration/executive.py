"""A council's cabinet, invented, which gives 28 days' notice of a key decision and of a meeting that is private in part."""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.executive_notices.actions import notice
from assemblies.executive_notices.notice_kinds import Kind
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.meetings.models import Meeting
from partnership.accounts.models import User
from partnership.boards.actions import board as boards
from partnership.boards.actions import seat as seats
from partnership.boards.models import Appointment, Board
from partnership.demonstration import board_meeting, who
from partnership.demonstration.days import meeting_day_until

BEGINS = date(2022, 5, 1)
CABINET, WEEKS_AHEAD = "Illustrative council cabinet", 8
BUDGET, OFFER = "One budget for care at home", "An offer for a property"
PURPOSE = "A cabinet takes a council’s key decisions. Illustrative: no document names this one."
WHY = "It is about what one bidder offers: paragraph 3 of Schedule 12A. Illustrative."


def load(people: dict[str, User], today: date) -> Meeting:
    """Adds the cabinet and its next meeting, with the notice of both; a second key decision still needs its own."""
    staff = people[who.STAFF]
    cabinet = boards.add(
        by=staff, name=CABINET, kind=Board.Kind.STATUTORY, starts_on=BEGINS, clear_days=5, purpose=PURPOSE,
        rule_source="Local Government Act 1972, section 100B", regime=Board.Regime.COUNCIL, is_executive=True,
    )  # fmt: skip
    leader = seats.add(board=cabinet, by=staff, title="Leader of the council", is_chair=True)
    seats.appoint(
        seat=leader,
        holder=people[who.LEADER],
        by=staff,
        route=Appointment.Route.EX_OFFICIO,
        starts_on=BEGINS,
        in_post=True,
    )
    meeting = board_meeting.add(
        cabinet, staff, meeting_day_until(today + timedelta(weeks=WEEKS_AHEAD)), published_at=timezone.now(),
        start="16:00", end="18:00", slug="illustrative-cabinet-ahead",
        **board_meeting.IN_PUBLIC | {"title": "Cabinet in public"}, **board_meeting.ONLINE,
    )  # fmt: skip
    for title, in_private in ((BUDGET, False), (OFFER, True)):
        topic = topics.add(board=cabinet, by=staff, title=title, about="Illustrative.", illustrative=True)
        item = planned_item.plan(
            topic=topic, board=cabinet, by=staff, meeting=meeting, purpose="decision", role="decisive", lead=None,
            needs_report=False, is_key=True, in_private=in_private,
        )  # fmt: skip
        if title == BUDGET:
            notice.publish(board=cabinet, kind=Kind.KEY, by=staff, item=item, meeting=meeting, matter=title)
    notice.publish(
        board=cabinet,
        kind=Kind.PRIVATE,
        by=staff,
        item=None,
        meeting=meeting,
        matter=OFFER,
        reasons=WHY,
    )
    return meeting

"""Minutes of two meetings of 2020, drafted from what was recorded of them: one confirmed, one with those who were there.

What was said is invented, as the record is; the meeting that confirms the first is invented too, and says so.
"""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.minutes.actions import correction as corrections
from assemblies.minutes.actions import minutes as actions
from assemblies.minutes.models import Minutes
from assemblies.organising.actions import meeting as meetings
from partnership.accounts.models import User
from partnership.demonstration import board_meeting, who
from partnership.demonstration.days import at

CONFIRMED_ON = date(2020, 11, 16)  # a Monday, invented
SAID = (
    "The board thanked everybody who had worked on the plan. It asked three things:\n\n"
    "- how residents will see what has changed for them\n"
    "- who looks after the golden threads that run through all four workstreams\n"
    "- when the board hears of it next\n\n"
    "Illustrative: no public paper says what was said."
)
KEY_MESSAGES = (
    "Southwark has a recovery plan for health and care, made by all its partners together. The board wants residents to see what "
    "changes for them.\n\nIllustrative: these words were written for this demonstration."
)
CORRECTION = "I asked who speaks for people without a GP as well. Please add it to the question. Illustrative."
GROUP_SAYS = "Each strand named who leads it. Who else the four strands could miss was asked of all. Illustrative."


def load(people: dict[str, User], meeting_of_2020: Meeting, peg_meeting: Meeting) -> None:
    """Minutes of both meetings, which must have been recorded: the first agreed and confirmed, the second circulated."""
    _confirmed(people[who.STAFF], meeting_of_2020)
    _circulated(people[who.STAFF], peg_meeting)


def _confirmed(staff: User, meeting: Meeting) -> None:
    minutes = actions.draft(meeting=meeting, board=meeting.board, by=staff, now=_later(meeting, 2))
    first = minutes.newest.items.first()
    texts = {first.number: SAID} if first else {}
    actions.write(version=minutes.newest, by=staff, content={}, texts=texts, key_messages=KEY_MESSAGES)
    actions.circulate(minutes=minutes, by=staff, now=_later(meeting, 3))
    read_on = _later(meeting, 12)
    chair = meeting.board.chair_on(timezone.localdate(read_on))
    assert chair is not None, "the record says who presided"
    actions.agree(minutes=minutes, by=chair, now=read_on)
    confirms = _next_meeting(staff, meeting, minutes)
    actions.confirm(minutes=minutes, number=1, meeting=confirms, by=staff, now=confirms.ends_at)


def _next_meeting(staff: User, meeting: Meeting, minutes: Minutes) -> Meeting:
    """A later meeting of the board, all of it invented: it confirms the minutes of the one before."""
    published_at = at(meeting.board.latest_day_to_publish(CONFIRMED_ON), "10:00")
    facts = board_meeting.IN_PUBLIC | {"title": str(meeting.board)}
    made = board_meeting.add(
        meeting.board, staff, CONFIRMED_ON, published_at=published_at - timedelta(days=7), start="10:00", end="11:00",
        slug="southwark-health-and-wellbeing-board-november-2020", **facts, **board_meeting.ONLINE,
    )  # fmt: skip
    items = [{"title": f"Minutes of {minutes.day}", "purpose": "decision"}]
    board_meeting.write_agenda(made, staff, items, minutes=10)
    board_meeting.publish_agenda(made, published_at)
    meetings.hold(meeting=made, by=staff)
    return meetings.close(meeting=made, by=staff)


def _circulated(staff: User, meeting: Meeting) -> None:
    """With those who were there, from today; one of them would correct something."""
    minutes = actions.draft(meeting=meeting, board=meeting.board, by=staff, now=_later(meeting, 2))
    last = minutes.newest.items.last()
    if last is None:
        return
    actions.write(version=minutes.newest, by=staff, content={}, texts={last.number: GROUP_SAYS}, key_messages="")
    actions.circulate(minutes=minutes, by=staff)
    someone = minutes.present.exclude(pk=staff.pk).order_by("-name").first()
    if someone:
        corrections.propose(minutes=minutes, by=someone, text=CORRECTION, item=last)


def _later(meeting: Meeting, days: int):
    return meeting.ends_at + timedelta(days=days)

"""What boards were and are to take up: the recovery plan's route of 2020, the letter's parked topics, and the next months."""

from datetime import date, time, timedelta
from uuid import uuid4

from django.utils import timezone

from assemblies.forward_plan.actions import planned_item, standing_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.models import Meeting
from assemblies.organising import series_dates
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import series
from assemblies.organising.models import MeetingSeries
from assemblies.papers.actions import agenda
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import who, words
from partnership.demonstration.days import at, people_meet

ADVISES, DECIDES = "Southwark Borough Based Board", "Southwark Health and Wellbeing Board"
RECOVERY_PLAN = "Partnership Southwark recovery plan"
LETTER = "The chair’s letter to the assembly of 17 September 2020"
WHY_PARKED = "The first assembly talks about Place. This is for a later one."
ON_THE_AGENDA = "How places are introducing themselves"  # of the board in public that is next, see `ahead.py`
DATES = 4
NOT_YET = "Nobody has counted the empty rooms yet. Illustrative."
# title, about, whether the board decides, purpose, person who leads it, which of the meetings to come (None: back on the plan)
NEXT_MONTHS = [
    (
        "Winter: beds, and care at home",
        "How nine places share what they have.",
        True,
        "decision",
        who.PLACE_LEADS["Wirral"],
        0,
    ),
    (
        "One register of carers",
        "What it would hold, and who could read it.",
        False,
        "discussion",
        who.REPRESENTATIVE,
        0,
    ),
    (
        "What places spend together",
        "Figures by place, for the first time.",
        False,
        "assurance",
        who.PLACE_LEADS["Sefton"],
        1,
    ),
    ("Renting rooms from one another", "Empty rooms in one place, none in the next.", True, "decision", None, None),
]


def plan_recovery(boards: dict[str, Board], meeting: Meeting, by: User, lead: User) -> PlannedItem | None:
    """Plans the recovery plan for the meeting, where it is one of the two of September 2020 that took it up."""
    board = meeting.board
    if board.name not in (ADVISES, DECIDES):
        return None
    now = at(date(2020, 7, 20), "10:00")
    topic = Topic.objects.filter(title=RECOVERY_PLAN).first() or topics.add(
        board=boards[DECIDES], by=by, title=RECOVERY_PLAN, source="Item 9 of the agenda of 14 September 2020", now=now,
        about="The plan of the borough’s partners for the next 18 months, and who the partnership’s strategic chair "
        "answers to. The Borough Based Board endorsed it first; the Health and Wellbeing Board was asked to agree it.",
    )  # fmt: skip
    item = planned_item.plan(
        topic=topic, board=board, meeting=meeting, by=by, lead=lead, purpose="decision",
        role="advisory" if board.name == ADVISES else "decisive", now=now,
    )  # fmt: skip
    return planned_item.receive_report(item=item, by=by, now=at(date(2020, 8, 20), "12:00"))


def say_endorsed(by: User) -> None:
    """The Borough Based Board endorsed the plan. What the other board said is not in the public paper."""
    item = PlannedItem.objects.get(topic__title=RECOVERY_PLAN, board__name=ADVISES)
    planned_item.say_result(item=item, by=by, result="Endorsed on 3 September 2020.")


def park_topics(people: dict[str, User], host: Board) -> None:
    """The host board has standing items, and the seven topics that the letter left for later."""
    chair = people[who.CHAIR]
    for board in (host, Board.objects.get(name=DECIDES)):
        standing_item.write(board=board, by=people[who.STAFF], rows=standing_item.USUAL)
    for title in words.PARKED:
        topics.add(
            board=host,
            by=chair,
            title=title,
            source=LETTER,
            parked_because=WHY_PARKED,
            now=at(date(2020, 9, 4), "10:00"),
        )


def plan_ahead(people: dict[str, User], coming: Meeting) -> MeetingSeries:
    """Every four weeks after the last board meeting there is another; the first is published. All of it is illustrative."""
    board, staff = coming.board, people[who.STAFF]
    last = board.meetings.filter(kind=coming.kind).latest("starts_at")
    first = _first_day(timezone.localdate(last.starts_at))
    rule = {
        "title": coming.title, "unit": "week", "every": 4, "weekday": first.weekday(), "which": None, "starts_on": first,
        "until": None, "count": DATES, "start_time": time(14), "end_time": time(16), "bank_holidays": "move",
    }  # fmt: skip
    each = {
        "kind": coming.kind, "format": Meeting.Format.ONLINE, "joining_link": "https://meet.example.org/board",
        "summary": coming.summary, "illustrative": True,
    }  # fmt: skip
    seen = series_dates.fingerprint(MeetingSeries(board=board, **rule))
    made = series.make(board=board, by=staff, uid=uuid4(), seen=seen, facts_of_each=each, **rule)
    ahead = [row.meeting for row in made.made.select_related("meeting").order_by("meeting__starts_at")]
    meetings.publish(meeting=ahead[0], by=staff)
    _fill_agenda(coming, staff)
    for title, about, decides, purpose, lead, number in NEXT_MONTHS:
        topic = topics.add(board=board, by=staff, title=title, about=f"{about} Illustrative.", illustrative=True)
        item = planned_item.plan(
            topic=topic, board=board, by=staff, meeting=ahead[0 if number is None else number], purpose=purpose,
            role="decisive" if decides else "advisory", lead=people[lead] if lead else None,
        )  # fmt: skip
        if number is None:
            planned_item.move(item=item, by=staff, meeting=None, reason=NOT_YET)
    return made


def _fill_agenda(coming: Meeting, staff: User) -> None:
    """The agenda that is drafted already gets the standing items it lacks, and knows which of its items was planned."""
    topic = topics.add(board=coming.board, by=staff, title=ON_THE_AGENDA, about="Illustrative.", illustrative=True)
    planned_item.plan(
        topic=topic, board=coming.board, by=staff, meeting=coming, purpose="assurance", role="advisory", needs_report=False,
    )  # fmt: skip
    agenda.fill_from_plan(meeting=coming, by=staff)


def _first_day(day: date) -> date:
    """Four weeks after the day, or so many more that people meet on it and on every fourth week after it."""
    weeks = (day + timedelta(weeks=more) for more in range(4, 30))
    return next(each for each in weeks if all(people_meet(each + timedelta(weeks=4 * n)) for n in range(DATES)))

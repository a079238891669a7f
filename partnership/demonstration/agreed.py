"""What people took on at meetings: the tasks are those that public papers of 2020 list, in our own words. Who took them on, by
when, and the outcome is invented, and says so."""

from dataclasses import dataclass
from datetime import date, timedelta

from assemblies.follow_up.actions import follow_up as actions
from assemblies.follow_up.models import FollowUp
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from partnership.accounts.models import User
from partnership.demonstration import cover_reports, who
from partnership.demonstration.days import at

OF_MAY, OF_THE_ASSEMBLY = "leeds-executive-group-may-2020", "assembly-september-2020"
INVENTED = "(illustrative)"
LATE_BY, DUE_IN = timedelta(days=5), timedelta(days=9)


@dataclass(frozen=True)
class Agreed:
    """A task, who took it on, and by which day."""

    text: str
    owner: str
    due_on: date
    item: int | None = None  # its place on the agenda; None where it was the meeting as a whole


SUMMARY = Agreed("Finish the summary of the recovery plan", "Esther Quaye", date(2020, 10, 30), cover_reports.ITEM)
ENGAGEMENT = Agreed(
    "Set out how and when residents are asked about the plan", "Joy Mensah", date(2020, 10, 30), cover_reports.ITEM
)
MEASURES = Agreed(
    "Propose outcome measures for each workstream: short, medium and long term", "Piotr Zielinski", date(2020, 10, 30),
    cover_reports.ITEM,
)  # fmt: skip
RISKS = Agreed(
    "Bring the risks of the four workstreams together in one register",
    who.OTHER_CHAIR,
    date(2020, 11, 30),
    cover_reports.ITEM,
)
WHY = Agreed("Send the purpose, in its new words, to each partner", "Dinah Foxley", date(2020, 6, 30), 1)
MISSED = Agreed("Look for groups of people that none of the four strands reaches", "Bea Whitlock", date(2020, 7, 31), 2)
PARKED = Agreed("Say which of the parked topics the board should take first", who.MEMBER, date(2020, 12, 18))


def load(people: dict[str, User], today: date) -> None:
    """Actions in every state: open, late, done with evidence, handed on, put off and dropped."""
    _done(
        _take_on(people, cover_reports.OF_2020, SUMMARY),
        "The summary is on the website, four pages long",
        date(2020, 10, 26),
    )
    _handed_on(people, _take_on(people, cover_reports.OF_2020, ENGAGEMENT))
    _put_off(_take_on(people, cover_reports.OF_2020, MEASURES), today - LATE_BY, today - timedelta(days=60))
    _put_off(_take_on(people, cover_reports.OF_2020, RISKS), today + DUE_IN, today - timedelta(days=30))
    _done(_take_on(people, OF_MAY, WHY), "All partners have it, and put it before their staff", date(2020, 6, 24))
    missed = _take_on(people, OF_MAY, MISSED)
    because = f"The city plan took this up, so the group does not do it twice {INVENTED}"
    actions.drop(follow_up=missed, by=missed.owner, because=because, now=at(date(2020, 9, 1), "11:00"))
    _put_off(_take_on(people, OF_THE_ASSEMBLY, PARKED), today + DUE_IN + timedelta(days=2), today - timedelta(days=20))


def _take_on(people: dict[str, User], slug: str, agreed: Agreed) -> FollowUp:
    staff, meeting = people[who.STAFF], Meeting.objects.get(slug=slug)
    newest = meeting.agenda_versions.published().first()
    item = AgendaItem.objects.filter(version=newest, position=agreed.item).first() if agreed.item else None
    return actions.assign(
        by=staff, board=meeting.board, meeting=meeting, item=item, text=agreed.text, owner=people[agreed.owner],
        due_on=agreed.due_on, illustrative=True, now=meeting.ends_at,
    )  # fmt: skip


def _done(row: FollowUp, evidence: str, day: date) -> None:
    actions.complete(follow_up=row, by=row.owner, evidence=f"{evidence} {INVENTED}", now=at(day, "15:30"))


def _handed_on(people: dict[str, User], row: FollowUp) -> None:
    """From one person to another, who did it."""
    because = f"She is away this autumn, and Callum works on it already {INVENTED}"
    given = actions.hand_on(
        follow_up=row, by=row.owner, to=people["Callum Reid"], because=because, now=at(date(2020, 9, 28), "09:30")
    )
    actions.note(
        follow_up=given, by=given.owner, words=f"Two of three forums have said yes to a date {INVENTED}",
        now=at(date(2020, 10, 12), "16:10"),
    )  # fmt: skip
    _done(given, "The timetable went to all partners with the papers of the board", date(2020, 10, 29))


def _put_off(row: FollowUp, due_on: date, on: date) -> None:
    because = f"It waits for figures that partners send once a year {INVENTED}"
    actions.postpone(follow_up=row, by=row.owner, due_on=due_on, because=because, now=at(on, "10:15"))

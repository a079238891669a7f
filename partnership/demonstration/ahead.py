"""What lies ahead, so that there is something to do: an assembly in four weeks, a board in public in about ten days."""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.lists.models import InvitationList, ListEntry, ListTarget
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import reminder_rule
from assemblies.papers.models import AgendaItem, AgendaVersion
from partnership import states
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import assembly, bodies, invented, papers, where, who, words
from partnership.partners.models import Partner
from places.footprint.models import Place

PEOPLE_FOR_EACH_LIST = 14
SIGNED_OFF = ["Cheshire West and Chester", "Halton", "Liverpool", "St Helens", "Wirral"]
EMPTY = "Knowsley"
NOT_INTRODUCED = ["Knowsley", "Warrington"]
TARGETS = {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}
AGENDA = [
    ("Welcome and apologies", "information", "Alan Yates"),
    ("What the September assembly asked of us", "discussion", "Priya Raman"),
    ("Topics parked for later assemblies", "decision", "Alan Yates"),
    ("How places are introducing themselves", "assurance", "Place leads"),
]


def thursday_in_four_weeks(today: date) -> date:
    """The Thursday nearest to four weeks ahead."""
    day = today + timedelta(weeks=4)
    ahead = (3 - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def board_day(board: Board, today: date) -> date:
    """A weekday about ten days ahead whose agenda must be published within the next three days."""
    for ahead in (10, 9, 11, 8, 12, 7, 13, 6):
        day = today + timedelta(days=ahead)
        if day.weekday() < 5 and 1 <= (board.latest_day_to_publish(day) - today).days <= 3:
            return day
    return today + timedelta(days=10)


def _assembly(people, places, board: Board, today: date) -> Meeting:
    day = thursday_in_four_weeks(today)
    now = timezone.now()
    meeting = assembly.build(
        title=f"Partnership Assembly, {day:%B %Y}",
        slug=f"assembly-{day:%B-%Y}".lower(),
        day=day,
        board=board,
        people=people,
        places=places,
        summary="One morning, nine places, one question. Illustrative: this assembly is invented.",
        format=Meeting.Format.ONLINE,
        joining_link="https://meet.example.org/assembly",
        joining_instructions="Open the link ten minutes early so that we can help if sound or picture fail.",
        capacity=120,
        allocation_released_on=day - timedelta(days=7),
        registration_opens_at=now - timedelta(days=7),
        registration_closes_at=assembly.at(day - timedelta(days=2), "17:00"),
        state=Meeting.State.PUBLISHED,
        published_at=now - timedelta(days=8),
        illustrative=True,
    )
    assembly.introduce(meeting, people, places, [name for name in where.NINE if name not in NOT_INTRODUCED], seats=8)
    return meeting


def _lists(meeting: Meeting, people: dict[str, User], places: dict[str, Place], today: date) -> None:
    for name in where.NINE:
        place, lead = places[name], people[who.PLACE_LEADS[name]]
        listed = InvitationList.objects.create(meeting=meeting, place=place, due_on=today + timedelta(days=3))
        ListTarget.objects.bulk_create(ListTarget(list=listed, sector=s, percent=p) for s, p in TARGETS.items())
        if name == EMPTY:
            continue
        partners = list(Partner.objects.public().filter(places=place))
        entries = invented.people_of(place, partners, PEOPLE_FOR_EACH_LIST)
        if name == "Wirral":
            entries.append(_member(people, partners))
        ListEntry.objects.bulk_create(
            ListEntry(list=listed, added_by=lead, source="import", **entry) for entry in entries
        )
        if name in SIGNED_OFF:
            states.move(listed, InvitationList.State.SIGNED_OFF, signed_off_at=timezone.now(), signed_off_by=lead)


def _member(people: dict[str, User], partners: list[Partner]) -> dict:
    member, larder = people[who.MEMBER], next(partner for partner in partners if "Larder" in partner.name)
    return {
        "email": member.email,
        "name": member.name,
        "organisation": larder.name,
        "partner": larder,
        "kind": larder.kind,
        "role": "Volunteer co-ordinator",
    }


def _board_in_public(people: dict[str, User], board: Board, today: date) -> Meeting:
    day = board_day(board, today)
    meeting = Meeting.objects.create(
        title="Partnership Board in public",
        slug=f"partnership-board-{day:%d-%B-%Y}".lower(),
        kind=Meeting.Kind.BOARD,
        board=board,
        summary="The board meets in public. Illustrative: this meeting is invented.",
        starts_at=assembly.at(day, "14:00"),
        ends_at=assembly.at(day, "16:00"),
        format=Meeting.Format.HYBRID,
        venue_name="Town hall committee room (illustrative)",
        venue_address="High Street",
        venue_access="Level entrance, lift, hearing loop and an accessible toilet on the same floor.",
        joining_link="https://meet.example.org/board",
        capacity=40,
        registration_closes_at=assembly.at(day, "09:00"),
        state=Meeting.State.PUBLISHED,
        published_at=timezone.now(),
        created_by=people[who.STAFF],
        illustrative=True,
    )
    draft = AgendaVersion.objects.create(meeting=meeting, number=1)
    for position, (title, purpose, presenter) in enumerate(AGENDA, start=1):
        starts_at = meeting.starts_at + timedelta(minutes=25 * (position - 1))
        item = AgendaItem.objects.create(
            version=draft, position=position, title=title, purpose=purpose, presenter=presenter, starts_at=starts_at
        )
        if "parked" in title:
            paper = papers.attach(
                meeting, "paper", "Topics parked for later", words.PARKED, by=people[who.STAFF], released_at=None
            )
            item.documents.add(paper)
    return meeting


def load(
    people: dict[str, User], places: dict[str, Place], boards: dict[str, Board], today: date
) -> tuple[Meeting, Meeting]:
    """Creates the coming assembly with its lists, and the coming board; returns both."""
    host = boards[bodies.ASSEMBLY_HOST]
    coming = _assembly(people, places, host, today)
    _lists(coming, people, places, today)
    in_public = _board_in_public(people, host, today)
    for meeting in (coming, in_public):
        reminder_rule.set_default_rules(meeting=meeting)
    return coming, in_public

"""What is coming up, so that there is something to do: an assembly in four weeks, a board in public in about ten days."""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.lists.actions import invitation_list, list_entry
from assemblies.lists.actions.list_entry import Person
from assemblies.lists.models import ListEntry
from assemblies.meetings.models import Meeting
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import assembly, board_meeting, bodies, invented, papers, where, who, words
from partnership.demonstration.days import at, people_meet
from partnership.partners.models import Partner
from places.footprint.models import Place

PEOPLE_FOR_EACH_LIST = 14
SIGNED_OFF = ["Cheshire West and Chester", "Halton", "Liverpool", "St Helens", "Wirral"]
EMPTY = "Knowsley"
DUE_IN = timedelta(days=3)  # of the lists: home asks for them now
NOT_INTRODUCED = ["Knowsley", "Warrington"]
TARGETS = {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}
AGENDA = [
    ("Welcome and apologies", "information", "Alan Yates"),
    ("What we will ask the next assembly", "discussion", "Priya Raman"),
    ("Topics parked for later assemblies", "decision", "Alan Yates"),
    ("How places are introducing themselves", "assurance", "Place leads"),
]


def load(
    people: dict[str, User], places: dict[str, Place], boards: dict[str, Board], today: date
) -> tuple[Meeting, Meeting]:
    """Creates the coming assembly with its lists, and the coming board; returns both."""
    host = boards[bodies.ASSEMBLY_HOST]
    coming = _assembly(people, places, host, today)
    _lists(coming, people, places, today)
    return coming, _board_in_public(people, host, today)


def thursday_in_four_weeks(today: date) -> date:
    """The Thursday nearest to four weeks ahead; where people do not meet on it, the next one on which they do."""
    day = today + timedelta(weeks=4)
    ahead = (3 - day.weekday()) % 7
    day += timedelta(days=ahead if ahead <= 3 else ahead - 7)
    while not people_meet(day):
        day += timedelta(weeks=1)
    return day


def board_day(board: Board, today: date) -> date:
    """A day about ten days ahead whose agenda must be published within the next three days; else the first in time."""
    days = [day for ahead in range(6, 32) if people_meet(day := today + timedelta(days=ahead))]
    left = {day: (board.latest_day_to_publish(day) - today).days for day in days}
    soon = [day for day in days if 1 <= left[day] <= 3 and day <= today + timedelta(days=13)]
    if soon:
        return min(soon, key=lambda day: abs((day - today).days - 10))
    return next(day for day in days if left[day] >= 1)


def _assembly(people, places, board: Board, today: date) -> Meeting:
    day = thursday_in_four_weeks(today)
    now = timezone.now()
    meeting = assembly.build(
        day=day, published_at=now - timedelta(days=8), board=board, people=people, places=places,
        title=f"Partnership Assembly, {day:%B %Y}", slug=f"assembly-{day:%B-%Y}".lower(),
        summary="One morning, nine places, one question. Illustrative: this assembly is invented.",
        joining_link="https://meet.example.org/assembly",
        joining_instructions="Open the link ten minutes early so that we can help if sound or picture fail.",
        capacity=120, seats={places[name]: 8 for name in where.NINE}, allocation_released_on=day - timedelta(days=7),
        registration_opens_at=now - timedelta(days=7), registration_closes_at=at(day - timedelta(days=2), "17:00"),
        illustrative=True,
    )  # fmt: skip
    written = [name for name in where.NINE if name not in NOT_INTRODUCED]
    assembly.introduce(meeting, people, written, now - timedelta(days=2))
    return meeting


def _lists(meeting: Meeting, people: dict[str, User], places: dict[str, Place], today: date) -> None:
    lists = {listed.place.name: listed for listed in meeting.lists.select_related("place")}
    invitation_list.set_mix(lists=lists.values(), by=people[who.STAFF], percent=TARGETS)
    # No page sets the day by which lists are due: it is three weeks before the meeting, which may be too far ahead here.
    meeting.lists.update(due_on=today + DUE_IN)
    for name, listed in lists.items():
        if name == EMPTY:
            continue
        lead = people[who.PLACE_LEADS[name]]
        partners = list(Partner.objects.public().filter(places=places[name]).order_by("name"))
        guests = [
            Person(each["email"], each["name"], each["organisation"], role=each["role"])
            for each in invented.people_of(places[name], partners, PEOPLE_FOR_EACH_LIST)
        ]
        if name == "Wirral":
            member = people[who.MEMBER]
            guests.append(Person(member.email, member.name, "Wirral Community Larder", role="Volunteer co-ordinator"))
        list_entry.add_many(invitation_list=listed, by=lead, people=guests, source=ListEntry.Source.IMPORT)
        if name in SIGNED_OFF:
            invitation_list.sign_off(invitation_list=listed, by=lead)


def _board_in_public(people: dict[str, User], board: Board, today: date) -> Meeting:
    day, staff = board_day(board, today), people[who.STAFF]
    meeting = board_meeting.add(
        board, staff, day, published_at=timezone.now(), start="14:00", end="16:00", format=Meeting.Format.HYBRID,
        venue_name="Town hall committee room (illustrative)", venue_address="High Street",
        venue_access="Level entrance, lift, hearing loop and an accessible toilet on the same floor.",
        joining_link="https://meet.example.org/board", capacity=40, registration_closes_at=at(day, "09:00"),
        **board_meeting.IN_PUBLIC,
    )  # fmt: skip
    items = [{"title": title, "purpose": purpose, "presenter": presenter} for title, purpose, presenter in AGENDA]
    paper = papers.add(meeting, "paper", "Topics parked for later", words.PARKED, by=staff)
    items = [board_meeting.with_paper(item, paper) if "parked" in item["title"] else item for item in items]
    board_meeting.write_agenda(meeting, staff, items, minutes=25)
    return meeting

"""Meetings that happened, with their dates and the items that public papers name."""

from datetime import date, timedelta

from django.db.models import F

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import personal_data
from assemblies.papers.models import AgendaItem
from assemblies.registrations.actions import exit_answers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import (
    assembly,
    board_meeting,
    bodies,
    cover_reports,
    forward_plans,
    invented,
    papers,
    public_questions,
    purpose_of,
    sat,
    where,
    who,
    words,
)
from partnership.demonstration.days import at
from partnership.partners.models import Partner
from places.footprint.models import Place

# title, slug, board, kind, day, items (title, purpose, presenter)
MEETINGS = [
    (
        "Partnership Executive Group",
        "leeds-executive-group-may-2020",
        "Leeds Partnership Executive Group",
        "executive",
        date(2020, 5, 20),
        [
            ("Our 'why': does every line still stand?", "decision", ""),
            ("Reducing inequalities: four strands towards one city plan", "discussion", ""),
        ],
    ),
    (
        "Southwark Borough Based Board",
        "southwark-borough-based-board-september-2020",
        "Southwark Borough Based Board",
        "board",
        date(2020, 9, 3),
        [("Partnership Southwark recovery plan: endorsement", "decision", "Sam Hepplewhite")],
    ),
    (
        "Southwark Health and Wellbeing Board",
        "southwark-health-and-wellbeing-board-september-2020",
        "Southwark Health and Wellbeing Board",
        "board",
        date(2020, 9, 14),
        [("Partnership Southwark recovery plan", "decision", "Sam Hepplewhite and Hayley Ormandy")],
    ),
    (
        "Integrated Care Board business meeting",
        "lancashire-and-south-cumbria-icb-july-2023",
        "Lancashire and South Cumbria Integrated Care Board",
        "board",
        date(2023, 7, 5),
        [("Place integration deal: four places, seven services that could be delegated", "decision", "Kevin Lavery")],
    ),
]


RECORDS = {sat.SOUTHWARK: sat.record_of_2020, sat.LEEDS: sat.record_of_executive_group}
RECOVERY_PLAN = [
    "Four workstreams: Start Well, Live Well, Age Well, Care Well.",
    "Eleven golden threads run through them.",
]


def load(people: dict[str, User], places: dict[str, Place], boards: dict[str, Board]) -> Meeting:
    """Creates past meetings; returns the assembly of September 2020."""
    for title, slug, board, kind, day, items in MEETINGS:
        _board_meeting(people, boards, boards[board], day, items, title=title, slug=slug, kind=kind)
    forward_plans.say_endorsed(people[who.STAFF])
    day = date(2020, 9, 17)
    held = assembly.build(
        day=day, published_at=at(date(2020, 8, 20), "09:00"), board=boards[bodies.ASSEMBLY_HOST], people=people,
        places=places, title="Partnership Assembly", slug="assembly-september-2020",
        summary="The first assembly. Nine places, one question.", joining_link="https://meet.example.org/assembly-2020",
    )  # fmt: skip
    assembly.introduce(held, people, where.NINE, at(date(2020, 8, 28), "11:00"))
    _answered_on_the_way_out(held, people[who.STAFF], day)
    _over(held, people[who.STAFF])
    # What names people was deleted when its time came; what they said for their places stays.
    personal_data.delete_due(now=at(day + timedelta(days=31), "03:00"))
    personal_data.delete_due(now=at(date(2021, 9, 18), "03:00"))
    return held


def _board_meeting(
    people: dict[str, User], boards: dict[str, Board], board: Board, day: date, items: list[tuple[str, str, str]], **facts
) -> None:  # fmt: skip
    staff = people[who.STAFF]
    published_at = at(board.latest_day_to_publish(day), "10:00")
    meeting = board_meeting.add(
        board, staff, day, published_at=published_at - timedelta(days=7), start="10:00", end="12:00",
        summary="Times and the link are illustrative, and only part of the agenda is shown.", **board_meeting.ONLINE, **facts,
    )  # fmt: skip
    written: list[dict] = [
        {"title": title, "purpose": purpose, "presenter": presenter} for title, purpose, presenter in items
    ]
    if planned := forward_plans.plan_recovery(boards, meeting, by=staff, lead=people[who.PARTNER_OFFICER]):
        written[0] |= {"planned": planned}
    if board.name == sat.LEEDS:
        purpose_of.enter(board, staff)
        written[0] |= {"planned": purpose_of.ask(meeting, staff)}
    if "recovery plan" in items[0][0]:
        paper = papers.add(meeting, "paper", "Recovery plan: summary", RECOVERY_PLAN, by=staff)
        written[0] = board_meeting.with_paper(written[0], paper)
    board_meeting.write_agenda(meeting, staff, written, minutes=30)
    if meeting.slug == cover_reports.OF_2020:
        shown = AgendaItem.objects.filter(version__meeting=meeting)
        shown.update(position=F("position") + cover_reports.ITEM - 1)  # as the report says, and the board's own agenda
        cover_reports.of_2020(people, meeting)
    board_meeting.publish_agenda(meeting, published_at)
    if record := RECORDS.get(board.name):
        record(meeting, staff)
    if board.name == sat.LEEDS:
        purpose_of.follow(meeting, staff)
    if meeting.slug == cover_reports.OF_2020:
        public_questions.of_2020(people, meeting)
    _over(meeting, staff)


def recorded() -> tuple[Meeting, Meeting]:
    """The two meetings whose record was kept: the board of 14 September 2020 and the executive group of 20 May 2020."""
    board, group = (Meeting.objects.get(board__name=name, sitting__isnull=False) for name in RECORDS)
    return board, group


def _answered_on_the_way_out(held: Meeting, staff: User, day: date) -> None:
    """One person of each of five places came, and said what they will do and what they need."""
    participants = []
    for place in Place.objects.filter(name__in=words.SAID).order_by("name"):
        name = invented.people_of(place, list(Partner.objects.public().filter(places=place)), 1)[0]
        details = RegistrationDetails(**name, place=place)
        participants.append(
            registration.register(
                meeting=held, details=details, by=staff, source=Registration.Source.STAFF,
                now=at(date(2020, 9, 1), "10:00"),
            )
        )  # fmt: skip
    exit_answers.open_now(meeting=held, by=staff, now=at(day, "12:00"))
    for person in participants:
        assert person.place is not None
        texts = (f"{text} (illustrative)" for text in words.SAID[person.place.name])
        exit_answers.answer(
            registration=person, texts=dict(zip(held.exit_questions.all(), texts, strict=True)), now=at(day, "12:25")
        )  # fmt: skip


def _over(meeting: Meeting, staff: User) -> None:
    meetings.hold(meeting=meeting, by=staff)
    meetings.close(meeting=meeting, by=staff)

"""Meetings that happened, with their dates and the items that public papers name."""

from datetime import date, timedelta

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion
from assemblies.registrations.models import ExitAnswer
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import assembly, papers, where, who, words
from places.footprint.models import Place

# title, slug, board, kind, day, from, to, items (title, purpose, presenter)
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
        [
            ("Partnership Southwark recovery plan", "decision", "Sam Hepplewhite and Hayley Ormandy"),
            ("Who the strategic chair answers to", "decision", "Hayley Ormandy"),
        ],
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


def _board_meeting(
    people: dict[str, User], board: Board, *, title: str, slug: str, kind: str, day: date, items
) -> Meeting:
    staff = people[who.STAFF]
    due = board.latest_day_to_publish(day)
    published_at = assembly.at(due, "10:00")
    meeting = Meeting.objects.create(
        title=title,
        slug=slug,
        kind=kind,
        board=board,
        summary="Times are illustrative.",
        starts_at=assembly.at(day, "10:00"),
        ends_at=assembly.at(day, "12:00"),
        state=Meeting.State.CLOSED,
        published_at=published_at,
        created_by=staff,
    )
    version = AgendaVersion.objects.create(
        meeting=meeting,
        number=1,
        state=AgendaVersion.State.PUBLISHED,
        due_on=due,
        published_at=published_at,
        published_by=people[who.OTHER_CHAIR],
    )
    for position, (item, purpose, presenter) in enumerate(items, start=1):
        AgendaItem.objects.create(
            version=version,
            position=position,
            title=item,
            purpose=purpose,
            presenter=presenter,
            starts_at=meeting.starts_at + timedelta(minutes=30 * (position - 1)),
        )
    return meeting


def load(people: dict[str, User], places: dict[str, Place], boards: dict[str, Board]) -> Meeting:
    """Creates past meetings; returns the assembly of September 2020."""
    for title, slug, board, kind, day, items in MEETINGS:
        meeting = _board_meeting(people, boards[board], title=title, slug=slug, kind=kind, day=day, items=items)
        if "recovery plan" in items[0][0]:
            lines = [
                "Four workstreams: Start Well, Live Well, Age Well, Care Well.",
                "Eleven golden threads run through them.",
            ]
            paper = papers.attach(
                meeting,
                "paper",
                "Recovery plan: summary",
                lines,
                by=people[who.STAFF],
                released_at=meeting.published_at,
            )
            meeting.agenda_versions.get().items.first().documents.add(paper)
    day = date(2020, 9, 17)
    held = assembly.build(
        title="Partnership Assembly",
        slug="assembly-september-2020",
        day=day,
        board=boards["Cheshire and Merseyside Partnership Board"],
        people=people,
        places=places,
        summary="The first assembly. Nine places, one question.",
        format=Meeting.Format.ONLINE,
        state=Meeting.State.CLOSED,
        published_at=assembly.at(date(2020, 8, 20), "09:00"),
        answers_open_at=assembly.at(day, "12:00"),
        needs_deleted_at=assembly.at(day + timedelta(days=30), "03:00"),
        attendance_deleted_at=assembly.at(date(2021, 9, 17), "03:00"),
    )
    assembly.introduce(held, people, places, list(where.NINE), seats=None)
    will_do, need = held.exit_questions.all()
    for place, answers in words.SAID.items():
        for question, text in zip([will_do, need], answers, strict=True):
            ExitAnswer.objects.create(question=question, place=places[place], text=f"{text} (illustrative)")
    return held

"""Made-up data for the measurements: 200 meetings, two of them busy, some empty and open to all, and a directory.

Written in bulk, past the actions: its purpose is how much there is.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting, MeetingPlace
from assemblies.organising.models import ReminderRule
from assemblies.papers.models import AgendaItem, AgendaVersion, ProgrammeVersion, Session
from assemblies.registrations.models import Registration
from partnership import states
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import bench_decisions, bench_directory, bench_papers
from places.footprint.models import Place

MEETINGS = 200
OPEN_TO_ALL = range(2, 20)
PLACES = 9
REGISTERED = 300
INVITED = 1000
REMINDED = 1000
AGENDA_ITEMS = 12


@transaction.atomic
def make(hundredth: bool = False) -> None:
    """Creates `bench-000` … `bench-199`, or a hundredth of it all. Raises IntegrityError when they are there already."""
    scale = 100 if hundredth else 1
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    staff = User.objects.create_staff("bench.staff@example.org", name="Bench Staff")
    board = Board.objects.create(
        name="Bench board", slug="bench-board", kind=Board.Kind.FORUM, regime=Board.Regime.OWN_TERMS
    )
    places = Place.objects.bulk_create(
        Place(name=f"Bench place {n}", slug=f"bench-place-{n}", system="Bench") for n in range(PLACES)
    )
    bench_directory.make(places, scale)
    meetings = Meeting.objects.bulk_create(_meeting(n, board, now) for n in range(MEETINGS // scale))
    states.move_all(board.meetings.all(), Meeting.State.PUBLISHED, published_at=now)
    meetings[0].organisers.add(staff)
    MeetingPlace.objects.bulk_create(
        MeetingPlace(meeting=meeting, place=place, position=n, introduction=f"**{place.name}** introduces itself.")
        for meeting in meetings[:20]
        for n, place in enumerate(places)
    )
    _programme(meetings[:20], staff, now)
    _agenda(meetings[0], staff, now)
    _people(meetings[0], places, now, scale)
    _registered(meetings[1], places, now, scale)
    bench_papers.make(meetings[1], staff, now, scale)
    bench_decisions.make(places, staff, now, scale)


def _meeting(number: int, board: Board, now) -> Meeting:
    starts_at = now + timedelta(days=21 + number % 90)
    return Meeting(
        title=f"Bench assembly {number:03}",
        slug=f"bench-{number:03}",
        kind=Meeting.Kind.ASSEMBLY,
        board=board,
        summary="Made-up data for a measurement.",
        letter="Dear colleague,\n\nThank you for coming.\n\n" + "We want to hear you. " * 60,
        letter_from="The chair",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        joining_link="https://meet.example.org/bench",
        capacity=100 if number in OPEN_TO_ALL else 1000,
        discussion_question="What has to happen now?",
        illustrative=True,
    )


def _programme(meetings: list[Meeting], staff: User, now) -> None:
    versions = ProgrammeVersion.objects.bulk_create(ProgrammeVersion(meeting=meeting, number=1) for meeting in meetings)
    states.move_all(
        ProgrammeVersion.objects.filter(meeting__in=meetings),
        ProgrammeVersion.State.RELEASED,
        released_at=now,
        released_by=staff,
    )
    Session.objects.bulk_create(
        Session(
            version=version,
            title=f"Session {n + 1}",
            speakers="Somebody",
            starts_at=version.meeting.starts_at + timedelta(minutes=25 * n),
            ends_at=version.meeting.starts_at + timedelta(minutes=25 * (n + 1)),
        )
        for version in versions
        for n in range(7)
    )


def _agenda(meeting: Meeting, staff: User, now) -> None:
    version = AgendaVersion.objects.create(meeting=meeting, number=1, due_on=now.date())
    states.move(version, AgendaVersion.State.PUBLISHED, published_at=now, published_by=staff)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            version=version,
            position=n + 1,
            title=f"Item {n + 1}",
            purpose=AgendaItem.Purpose.DISCUSSION,
            presenter="Somebody",
            summary="What the item is about.",
        )
        for n in range(AGENDA_ITEMS)
    )


def _people(meeting: Meeting, places: list[Place], now, scale: int) -> None:
    invitations = Invitation.objects.bulk_create(
        Invitation(
            meeting=meeting,
            email=f"bench.invited{n}@example.org",
            name=f"Invited Person {n}",
            place=places[n % PLACES],
            sent_at=now,
        )
        for n in range(INVITED // scale)
    )
    Registration.objects.bulk_create(
        _registration(meeting, n, places, now, invitation)
        for n, invitation in enumerate(invitations[: REGISTERED // scale])
    )
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in invitations[: REGISTERED // scale]]).update(
        accepted_at=now
    )
    ReminderRule.objects.create(
        meeting=meeting,
        anchor=ReminderRule.Anchor.START,
        minutes=7 * 24 * 60,
        audience=ReminderRule.Audience.UNANSWERED,
        subject="Will you come?",
        text="Please tell us whether you can come.",
    )


def _registered(meeting: Meeting, places: list[Place], now, scale: int) -> None:
    """A thousand people with a place: the people who get the measured reminder."""
    Registration.objects.bulk_create(_registration(meeting, n, places, now, None) for n in range(REMINDED // scale))
    ReminderRule.objects.create(
        meeting=meeting,
        anchor=ReminderRule.Anchor.START,
        minutes=24 * 60,
        audience=ReminderRule.Audience.COMING,
        subject="Tomorrow",
        text="We look forward to seeing you.",
    )


def _registration(meeting: Meeting, n: int, places: list[Place], now, invitation: Invitation | None) -> Registration:
    registration = Registration(
        meeting=meeting,
        email=invitation.email if invitation else f"bench.registered{n}@example.org",
        name=f"Registered Person {n}",
        place=places[n % PLACES],
        attendance=Registration.Attendance.ONLINE,
        source=Registration.Source.INVITATION if invitation else Registration.Source.PUBLIC,
        invitation=invitation,
        place_number=n + 1,
        capacity_when_given=meeting.capacity,
        confirmed_at=now,
    )
    states.enter(registration, Registration.State.REGISTERED)
    return registration

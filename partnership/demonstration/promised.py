"""An illustrative assembly of a month ago: what people promised and asked there, in every state, and what followed."""

from datetime import date, timedelta

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.pledges.actions import answering
from assemblies.pledges.actions import ask as asks
from assemblies.pledges.actions import pledge as pledges
from assemblies.pledges.actions.answering import Given
from assemblies.pledges.models import Ask, Pledge, Shown
from assemblies.registrations.actions import exit_answers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import assembly, invented, who
from partnership.demonstration.days import at, meeting_day_until
from partnership.partners.models import Partner
from places.footprint.models import Place

P, A = Pledge.State, Ask.State
LARDER = "Wirral Community Larder"
# Place; the pledge, and how it goes; what is needed, of which partner, and its answers; what its author shows. All illustrative.
ANSWERS: list[tuple[str, str, list[tuple[str, str]], str, str, list[tuple[str, str]], str]] = [
    (
        "Wirral", "Keep the larder open until seven on Thursdays", [(P.UNDER_WAY, "Two new volunteers start next month.")],
        "A community nurse at the larder once a month", "Wirral Community Health Trust",
        [(A.ACCEPTED, "We can send a nurse from January.")], Shown.NAME,
    ),
    (
        "Halton", "Put our carers’ guide into plain words", [(P.KEPT, "The new guide is in all our waiting rooms.")],
        "One telephone number for carers in a crisis", "Halton Council",
        [(A.ACCEPTED, ""), (A.COMPLETED, "The number is printed on every carer’s assessment.")], Shown.NAME,
    ),
    (
        "Liverpool", "Start a walking group for people who have lost somebody", [],
        "Rooms that are free in the evening", LARDER, [], Shown.ORGANISATION,
    ),
    (
        "Sefton", "Ring ten neighbours every week", [(P.GIVEN_UP, "My shifts changed, and a neighbour does it now.")],
        "Figures on loneliness for our streets", "Sefton Council",
        [(A.ANSWERED, "They are in the public health report, table 12; we can talk you through them.")], Shown.NEITHER,
    ),
    (
        "Knowsley", "Take the young carers’ walk-in session to two more schools", [(P.UNDER_WAY, "")],
        "A bus that stops at the health centre", "Knowsley Community Health Trust",
        [(A.DECLINED, "Bus routes are not ours to set. We have passed it on to the combined authority.")], Shown.ORGANISATION,
    ),
    (
        "Warrington", "Read this letter to my whole team", [], "Somebody who knows how to apply for small grants", "", [],
        Shown.NEITHER,
    ),
    (
        "St Helens", "Open our garden on the first Saturday of each month", [], "A minibus", "",
        [(A.CLOSED, "They found one in the same street since.")], Shown.NAME,
    ),
]  # fmt: skip


def load(people: dict[str, User], places: dict[str, Place], board: Board, today: date) -> Meeting:
    """Creates the assembly, its answers and what followed; returns it."""
    staff, day = people[who.STAFF], meeting_day_until(today - timedelta(days=33))
    held = assembly.build(
        day=day, published_at=at(day - timedelta(days=28), "09:00"), board=board, people=people, places=places,
        title=f"Partnership Assembly, {day:%B %Y}", slug=f"assembly-{day:%B-%Y}".lower(),
        summary="What nine places promised each other. Illustrative: this assembly is invented.",
        joining_link="https://meet.example.org/assembly-before", illustrative=True,
    )  # fmt: skip
    came = [_registered(held, places[row[0]], people, day, staff) for row in ANSWERS]
    exit_answers.open_now(meeting=held, by=staff, now=at(day, "12:00"))
    will, need = held.exit_questions.all()
    for number, (person, (_, pledge, goes, ask, partner, said, shown_as)) in enumerate(zip(came, ANSWERS, strict=True)):
        now = at(day, "12:20") + timedelta(minutes=number)
        asked = Partner.objects.public().get(name=partner) if partner else None
        answering.answer(
            registration=person, given=[Given(will, pledge), Given(need, ask, asked)], shown_as=shown_as, now=now
        )
        _followed(person, goes, said, staff, day)
    meetings.hold(meeting=held, by=staff)
    return held


def _registered(meeting: Meeting, place: Place, people: dict[str, User], day: date, staff: User) -> Registration:
    """Somebody of the place with a place at the meeting; of Wirral it is the member one can sign in as."""
    details = invented.people_of(place, list(Partner.objects.public().filter(places=place)), 1)[0]
    if place.name == "Wirral":
        larder = Partner.objects.public().get(name=LARDER)
        member = people[who.MEMBER]
        details |= {"email": member.email, "name": member.name, "organisation": larder.name, "partner": larder}
    return registration.register(
        meeting=meeting, details=RegistrationDetails(**details, place=place), by=staff, source=Registration.Source.STAFF,
        now=at(day - timedelta(days=14), "10:00"),
    )  # fmt: skip


def _followed(
    person: Registration, goes: list[tuple[str, str]], said: list[tuple[str, str]], staff: User, day: date
) -> None:
    """How the pledge goes, and what the partner said, a week apart."""
    for week, (state, words) in enumerate(goes, start=1):
        pledges.say(
            pledge=Pledge.objects.get(answer__registration=person), state=state, words=words,
            now=at(day + timedelta(weeks=week), "18:00"),
        )  # fmt: skip
    for week, (state, words) in enumerate(said, start=1):
        asks.respond(
            ask=Ask.objects.get(answer__registration=person), to=state, words=words, by=staff,
            now=at(day + timedelta(weeks=week), "11:00"),
        )  # fmt: skip

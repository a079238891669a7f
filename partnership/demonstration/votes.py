"""Two elections: one whose result is published, and one in which the member organisations of nine places vote now.

Both are illustrative. Everything is done as it would be, a step at a time, each at its own time.
"""

from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.actions import seat as seats
from partnership.boards.models import Board, Seat
from partnership.demonstration import alliance, bodies, invented, members, where, who
from partnership.demonstration.days import from_today
from partnership.demonstration.members import Member
from partnership.elections.actions import ballot, candidate, clock, nomination, roll
from partnership.elections.actions import election as elections
from partnership.elections.models import Election, Voter
from partnership.partners.actions import membership
from partnership.partners.models import Membership, Partner
from partnership.partners.models.partner import Sector
from places.footprint.models import Place

SECOND_SEAT = "Second voluntary sector representative"
STATEMENTS = [
    "I run a small group on a small budget, so I know which questions to ask. I will come back to you after every meeting.",
    "Carers and disabled people first: they use the services we talk about. I will bring their words, not mine.",
    "I have sat on boards for years and know where decisions are really made. I want us there before they are made.",
    "I drive the community bus, so I meet everybody. What I hear on the way I will say at the table.",
]


def load(people: dict[str, User], boards: dict[str, Board], places: dict[str, Place], north: list[Member]) -> None:
    """Creates both elections with their rolls, candidates and votes."""
    _published(people, boards[alliance.ALLIANCE], [member for member in north if member.place == "South Cumbria"])
    _open(people, boards[bodies.ASSEMBLY_HOST], _voters(people, places))


def _voters(people: dict[str, User], places: dict[str, Place]) -> list[Partner]:
    """The voluntary organisations of the nine places, each with somebody who votes for it."""
    nine = [places[name] for name in where.NINE]
    found = list(Partner.objects.filter(kind=Partner.Kind.VCFSE, places__in=nine).distinct().order_by("name"))
    alone = [partner for partner in found if not partner.memberships.accepted().exists()]
    members.accept(people, alone, members.officers(len(alone), invented.chance_of("nine")))
    return found


def _published(people: dict[str, User], board: Board, electorate: list[Member]) -> None:
    """One candidate went while people voted, and voting was to end three days earlier."""
    staff, today = people[who.STAFF], timezone.localdate()
    seat = board.seats.get(title="Lead for South Cumbria")
    seats.end(
        appointment=seat.appointments.get(ends_on__isnull=True), by=staff, ends_on=today - timedelta(days=11)
    )  # fmt: skip
    election = _election(
        staff, seat, "Lead for South Cumbria", "Voluntary organisations of South Cumbria", today - timedelta(days=10),
        freezes=-46, opens=-45, closes=-31, voting=-28, ends=-17,
    )  # fmt: skip
    partners = [member.partner for member in electorate]
    without_seat = [member.officer for member in electorate if not member.officer.appointments.exists()]
    _to_the_vote(election, staff, partners, candidates=without_seat[:4])
    chance = invented.chance_of("South Cumbria")
    voters = list(election.roll.select_related("person").order_by("partner__name")[: len(partners) * 4 // 5])
    for voter in voters[: len(voters) // 2]:
        _vote(voter, chance, [1, 2, 3, 4], from_today(-25, "10:00"))
    candidate.take_out(
        nomination=election.nominations.get(number=4), by=staff, now=from_today(-20, "10:00"),
        because="Has moved away and left the organisation.",
    )  # fmt: skip
    elections.extend(
        election=election, by=staff, voting_closes_at=from_today(-14, "17:00"), now=from_today(-19, "10:00"),
        because="Many organisations were closed for a week of bad weather.",
    )  # fmt: skip
    for voter in voters[len(voters) // 2 :]:
        _vote(voter, chance, [1, 2, 3], from_today(-18, "10:00"))
    clock.advance(election=election, now=from_today(-14, "17:00"))
    elections.publish(election=election, by=staff, now=from_today(-13, "10:00"))


def _open(people: dict[str, User], board: Board, electorate: list[Partner]) -> None:
    staff, today = people[who.STAFF], timezone.localdate()
    seat = seats.add(
        board=board, by=staff, title=SECOND_SEAT, sector=Sector.VCFSE, starts_on=today - timedelta(days=40),
        constituency="Voluntary organisations of nine places",
    )  # fmt: skip
    election = _election(
        staff, seat, SECOND_SEAT, "Voluntary organisations of the nine places", today + timedelta(days=21),
        freezes=-21, opens=-20, closes=-6, voting=-4, ends=10,
    )  # fmt: skip
    officers = Membership.objects.accepted().filter(partner__in=electorate, part=Membership.Part.OFFICER)
    candidates = [officer.user for officer in officers.select_related("user").order_by("partner__name")[:9:3]]
    _to_the_vote(election, staff, electorate, candidates)
    chance = invented.chance_of("nine places")
    voters = election.roll.exclude(person=people[who.MEMBER]).select_related("person").order_by("partner__name")
    for voter in voters[: len(electorate) // 3]:
        _vote(voter, chance, [1, 2, 3], from_today(-2, "10:00"))
    _change_to_confirm(list(voters), staff)


def _change_to_confirm(voters: list[Voter], staff: User) -> None:
    """Somebody has joined an organisation, and staff ask that they vote for it: another member of staff decides."""
    voter, newcomer = voters[-1], voters[0].person
    assert newcomer is not None
    asked = membership.ask(by=newcomer, partner=voter.partner, role="Trustee")
    membership.accept(membership=asked, by=staff)
    roll.name_voter(voter=voter, person=newcomer, by=staff, now=from_today(-1, "10:00"))


def _election(
    staff: User, seat: Seat, title: str, electorate: str, term_starts_on: date, *, freezes: int, opens: int, closes: int,
    voting: int, ends: int,
) -> Election:  # fmt: skip
    """A draft with its timetable in days from today: everything opens in the morning and closes in the afternoon."""
    return elections.add(
        by=staff, board=seat.board, seats=[seat], title=title, method=Election.Method.STV,
        introduction="Speaks for voluntary organisations on the board, asks them before each meeting, and reports back.",
        electorate=electorate, illustrative=True,
        roll_freezes_at=from_today(freezes, "17:00"), nominations_open_at=from_today(opens, "09:00"),
        nominations_close_at=from_today(closes, "17:00"), voting_opens_at=from_today(voting, "09:00"),
        voting_closes_at=from_today(ends, "17:00"), term_starts_on=term_starts_on,
        term_ends_on=date(timezone.localdate().year + 3, 3, 31),
    )  # fmt: skip


def _to_the_vote(election: Election, staff: User, electorate: list[Partner], candidates: list[User]) -> None:
    """Roll, announcement, nominations, and the ballot paper."""
    announced = election.roll_freezes_at - timedelta(days=4)
    roll.put_on(election=election, partners=electorate, by=staff, now=announced)
    elections.announce(election=election, by=staff, now=announced)
    clock.advance(election=election, now=election.nominations_open_at)
    seconders = [*candidates[1:], candidates[0]]
    for days, (person, seconder, statement) in enumerate(zip(candidates, seconders, STATEMENTS, strict=False), 1):
        when = election.nominations_open_at + timedelta(days=2 * days)
        partner = person.memberships.accepted().first().partner
        made = nomination.nominate(
            election=election, by=person, candidate=person, partner=partner, seconder=seconder, statement=statement,
            now=when,
        )  # fmt: skip
        nomination.second(nomination=made, by=seconder, now=when + timedelta(hours=5))
    clock.advance(election=election, now=election.voting_opens_at)


def _vote(voter, chance: Random, numbers: list[int], when: datetime) -> None:
    """Somebody's ranking of one to three of the candidates of these numbers."""
    ranking = chance.sample(numbers, chance.choice([1, 2, 3, 3]))
    ballot.cast(voter=voter, by=voter.person, ranking=ranking, now=when)

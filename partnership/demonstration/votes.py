"""Two elections: one whose result is published, and one in which the member organisations of nine places vote now.

Both are illustrative. Everything happens as it would, a step at a time; only the times are moved.
"""

from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.models import Board, Seat
from partnership.demonstration import alliance, assembly, bodies, invented, members, where, who
from partnership.demonstration.members import Member
from partnership.elections import emails
from partnership.elections.actions import ballot, candidate, nomination, roll
from partnership.elections.actions import clock as election_clock
from partnership.elections.actions import election as elections
from partnership.elections.models import Election
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
    seat = board.seats.get(title="Lead for South Cumbria")
    before = seat.appointments.get(ends_on__isnull=True)
    before.ends_on = timezone.localdate() - timedelta(days=11)
    before.save(update_fields=["ends_on"])
    election = _election(people, board, seat, "Lead for South Cumbria", "Voluntary organisations of South Cumbria")
    partners = [member.partner for member in electorate]
    _to_the_vote(election, people, partners, candidates=[member.officer for member in electorate[:4]])
    chance = invented.chance_of("South Cumbria")
    voters = list(election.roll.select_related("person").order_by("partner__name")[: len(partners) * 4 // 5])
    for voter in voters[: len(voters) // 2]:
        _vote(voter, chance, [1, 2, 3, 4])
    _one_fewer(election, people[who.STAFF])
    for voter in voters[len(voters) // 2 :]:
        _vote(voter, chance, [1, 2, 3])
    _made_longer(election, people[who.STAFF])
    _set(election, freezes=-46, opens=-45, closes=-31, voting=-28, ends=-14)
    election_clock.advance(election=election, now=timezone.now())
    elections.publish(election=election, by=people[who.STAFF])
    Election.objects.filter(pk=election.pk).update(published_at=_at(-13, "10:00"))
    emails.withdraw_all(election, because="It was long ago: nobody is emailed again.")


def _one_fewer(election: Election, staff: User) -> None:
    """The last candidate on the paper went while people voted."""
    gone = election.nominations.get(number=4)
    candidate.take_out(nomination=gone, by=staff, because="Has moved away and left the organisation.")
    election.nominations.filter(pk=gone.pk).update(withdrawn_at=_at(-20, "10:00"))


def _made_longer(election: Election, staff: User) -> None:
    """Voting was to end three days earlier."""
    elections.extend(
        election=election, by=staff, voting_closes_at=election.voting_closes_at + timedelta(days=3),
        because="The half-term holiday fell into the last week of voting.",
    )  # fmt: skip
    election.extensions.update(
        was_to_close_at=_at(-17, "17:00"), closes_at=_at(-14, "17:00"), made_at=_at(-19, "10:00")
    )


def _open(people: dict[str, User], board: Board, electorate: list[Partner]) -> None:
    seat = Seat.objects.create(
        board=board, title=SECOND_SEAT, sector=Sector.VCFSE, constituency="Voluntary organisations of nine places",
        position=board.seats.count(),
    )  # fmt: skip
    election = _election(people, board, seat, SECOND_SEAT, "Voluntary organisations of the nine places")
    officers = Membership.objects.accepted().filter(partner__in=electorate, part=Membership.Part.OFFICER)
    candidates = [officer.user for officer in officers.select_related("user").order_by("partner__name")[:9:3]]
    _to_the_vote(election, people, electorate, candidates)
    chance = invented.chance_of("nine places")
    voters = election.roll.exclude(person=people[who.MEMBER]).select_related("person").order_by("partner__name")
    for voter in voters[: len(electorate) // 3]:
        _vote(voter, chance, [1, 2, 3])
    _set(election, freezes=-21, opens=-20, closes=-6, voting=-4, ends=10)


def _set(election: Election, *, freezes: int, opens: int, closes: int, voting: int, ends: int) -> None:
    """The timetable, in days from today: everything opens in the morning and closes in the afternoon."""
    Election.objects.filter(pk=election.pk).update(
        announced_at=_at(freezes - 4, "10:00"), roll_freezes_at=_at(freezes, "17:00"),
        nominations_open_at=_at(opens, "09:00"), nominations_close_at=_at(closes, "17:00"),
        voting_opens_at=_at(voting, "09:00"), voting_closes_at=_at(ends, "17:00"),
    )  # fmt: skip


def _at(days: int, clock: str) -> datetime:
    return assembly.at(timezone.localdate() + timedelta(days=days), clock)


def _election(people: dict[str, User], board: Board, seat: Seat, title: str, electorate: str) -> Election:
    """A draft whose times leave room to take every step at once; they are set right afterwards."""
    now = timezone.now()
    day = timezone.localdate()
    return elections.add(
        by=people[who.STAFF], board=board, seats=[seat], title=title, method=Election.Method.STV,
        introduction="Speaks for voluntary organisations on the board, asks them before each meeting, and reports back.",
        electorate=electorate, illustrative=True,
        roll_freezes_at=now + timedelta(minutes=1), nominations_open_at=now + timedelta(minutes=2),
        nominations_close_at=now + timedelta(days=1), voting_opens_at=now + timedelta(days=2),
        voting_closes_at=now + timedelta(days=3),
        term_starts_on=day - timedelta(days=10) if "South Cumbria" in title else day + timedelta(days=21),
        term_ends_on=date(day.year + 3, 3, 31),
    )  # fmt: skip


def _to_the_vote(
    election: Election, people: dict[str, User], electorate: list[Partner], candidates: list[User]
) -> None:
    """Roll, announcement, nominations, and the ballot paper."""
    staff = people[who.STAFF]
    roll.put_on(election=election, partners=electorate, by=staff)
    elections.announce(election=election, by=staff)
    _now(election, nominations_open_at=-2, nominations_close_at=60)
    for person, seconder, statement in zip(
        candidates, [*candidates[1:], candidates[0]], STATEMENTS[: len(candidates)], strict=True
    ):
        partner = person.memberships.accepted().first().partner
        made = nomination.nominate(
            election=election,
            by=person,
            candidate=person,
            partner=partner,
            seconder=seconder,
            statement=statement,
        )
        nomination.second(nomination=made, by=seconder)
    _now(election, nominations_close_at=-1, voting_opens_at=-1)


def _now(election: Election, **minutes: int) -> None:
    """Moves times so many minutes from now, and lets the clock take the step that is due then."""
    now = timezone.now()
    moved = {name: now + timedelta(minutes=number) for name, number in minutes.items()}
    if "voting_opens_at" in moved:
        moved |= {"nominations_open_at": now - timedelta(minutes=2), "roll_freezes_at": now - timedelta(minutes=3)}
    else:
        moved["roll_freezes_at"] = now - timedelta(minutes=3)
    Election.objects.filter(pk=election.pk).update(**moved)
    election_clock.advance(election=election, now=now)
    election.refresh_from_db()


def _vote(voter, chance: Random, numbers: list[int]) -> None:
    """Somebody's ranking of one to three of the candidates of these numbers."""
    ranking = chance.sample(numbers, chance.choice([1, 2, 3, 3]))
    ballot.cast(voter=voter, by=voter.person, ranking=ranking)

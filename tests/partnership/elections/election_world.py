"""A small election for tests: three organisations on the roll, each with its voter, and candidates who stand."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.models import Seat
from partnership.elections.actions import ballot, clock
from partnership.elections.models import Election, Nomination, Voter
from tests import factories as make
from tests.factories.elections import timetable


@dataclass
class ElectionWorld:
    election: Election
    seats: list[Seat]
    voters: list[Voter]
    candidates: list[Nomination] = field(default_factory=list)

    @property
    def people(self) -> list[User]:
        return [voter.person for voter in self.voters]

    def cast(self, number: int, *ranking: int) -> str:
        """The vote of the organisation of that place on the roll; returns the receipt."""
        voter = self.voters[number]
        return ballot.cast(voter=voter, by=voter.person, ranking=ranking)

    def close_voting(self) -> Election:
        """Voting has just closed, and the clock has come by."""
        Election.objects.filter(pk=self.election.pk).update(voting_closes_at=timezone.now() - timedelta(minutes=1))
        clock.tick()
        self.election.refresh_from_db()
        return self.election


def election_of(*, organisations=3, seats=1, candidates=0, state="nominations", method="stv", **facts) -> ElectionWorld:
    """An election that has come to `state`, with that many organisations, seats and candidates who stand."""
    board = facts.pop("board", None) or make.BoardFactory()
    held = [make.SeatFactory(board=board, position=each) for each in range(seats)]
    begins = {"state": "nominations" if state == "voting" else state, "method": method}
    election = make.ElectionFactory(**{"board": board} | begins | timetable(state) | facts)
    election.seats.set(held)
    members = make.MembershipFactory.create_batch(organisations)
    voters = [make.VoterFactory(election=election, partner=member.partner, person=member.user) for member in members]
    world = ElectionWorld(election, held, voters)
    world.candidates = [stand(world, each) for each in range(candidates)]
    if state == "voting":
        clock.tick()
        election.refresh_from_db()
        world.candidates = list(election.nominations.standing())
    return world


def stand(world: ElectionWorld, number: int, **facts) -> Nomination:
    """A candidate from one organisation on the roll, seconded from the next."""
    own, other = world.voters[number % len(world.voters)], world.voters[(number + 1) % len(world.voters)]
    candidate = facts.pop("candidate", None) or make.UserFactory(name=f"Candidate {number + 1}")
    return make.NominationFactory(
        **{
            "election": world.election,
            "candidate": candidate,
            "partner": own.partner,
            "statement": f"I will listen, says candidate {number + 1}.",
            "seconder": other.person,
            "seconder_partner": other.partner,
        }
        | facts
    )

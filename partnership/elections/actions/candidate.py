"""Staff take a candidate out of an election: they withdrew too late to do it themselves, died, or may not stand any more.

Whatever was voted is counted as if they had never stood (`docs/decisions/0020-a-candidate-who-goes.md`).
"""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from partnership import audit, states
from partnership.elections.actions import ballot_box
from partnership.elections.actions.clock import count_votes, leave_uncontested
from partnership.elections.actions.election import locked
from partnership.elections.emails import election as election_emails
from partnership.elections.emails import nomination as nomination_emails
from partnership.elections.models import Election, Nomination
from partnership.elections.rules import refuse_candidate
from partnership.refusals import Refusal

State = Election.State
STANDS_IN = (State.NOMINATIONS, State.UNCONTESTED, State.VOTING, State.COUNTED)
HAS_PAPERS = (State.VOTING, State.COUNTED)


class Follows(StrEnum):
    """What happens to the election."""

    PAPER = "paper"  # the ballot paper is printed without them, if there is a vote
    NO_VOTE = "no_vote"  # no more candidates than seats are left
    PASSED_OVER = "passed_over"  # voting goes on; votes for them pass to the next preference
    COUNTED_AGAIN = "counted_again"


@transaction.atomic
def take_out(*, nomination: Nomination, by, because: str, now: datetime | None = None) -> Follows:
    """Takes out a candidate who stands, for a reason that everybody reads; returns what follows.

    Raises Refusal where `what_follows` does. Once there are ballot papers, everybody who votes is told, in the same
    words whether or not they have voted.
    """
    election = locked(nomination.election)
    refuse_candidate(election, by)
    nomination = election.nominations.select_related("candidate", "partner", "election__board").get(pk=nomination.pk)
    follows = what_follows(election, nomination)
    now = now or timezone.now()
    states.move(nomination, Nomination.State.WITHDRAWN, withdrawn_at=now, withdrawn_because=because)
    audit.record(by=by, verb="candidate.taken_out", subject=nomination, stage=election.state, follows=follows.value)
    had_papers = election.state in HAS_PAPERS
    if follows == Follows.NO_VOTE:
        _end_the_vote(election)
    elif follows == Follows.COUNTED_AGAIN:
        left = ballot_box.candidates(election)
        rankings = election.ballots.values_list("ranking", flat=True)
        count_votes(election, [ballot_box.without(ranking, left) for ranking in rankings])
    if had_papers:
        nomination_emails.taken_out(nomination, follows)
    return follows


def may_be_taken_out(election: Election, nomination: Nomination) -> bool:
    """Whether the person stands, and the election is neither too early nor over."""
    return election.state in STANDS_IN and nomination.state == Nomination.State.STANDING


def what_follows(election: Election, nomination: Nomination) -> Follows:
    """What taking out this candidate does to the election as it stands.

    Raises Refusal where nobody can be taken out; and where each paper holds one name, votes are cast and a choice is
    left: a name that counts for nobody passes to nobody, so that vote is held again.
    """
    if not may_be_taken_out(election, nomination):
        raise Refusal("Only a candidate who stands can be taken out, until the result is published.")
    left = election.nominations.standing().exclude(pk=nomination.pk).count()
    decided = election.state == State.VOTING or election.nominations_are_over
    if decided and left <= election.seats.count():
        return Follows.NO_VOTE
    if election.state not in HAS_PAPERS:
        return Follows.PAPER
    if election.method == Election.Method.FPTP and election.roll.filter(voted=True).exists():
        raise Refusal(
            "People have voted, and each ballot paper names only one candidate, so a vote for this candidate cannot "
            "pass to another. Cancel the election, say why, and hold it again."
        )
    return Follows.PASSED_OVER if election.state == State.VOTING else Follows.COUNTED_AGAIN


def _end_the_vote(election: Election) -> None:
    """Destroys the votes unread, and withdraws emails that ask for votes."""
    election_emails.withdraw_all(election, because="There is no longer a vote.")
    ballot_box.destroy_votes(election)
    leave_uncontested(election)

"""Casting a vote."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from partnership import outbox
from partnership.dates import moment
from partnership.elections import receipts, sealing
from partnership.elections.actions.ballot_box import CANNOT_OPEN, candidates, put_in, unsealed
from partnership.elections.actions.election import locked
from partnership.elections.emails import reminder as reminder_emails
from partnership.elections.models import Election, Voter
from partnership.outbox.message_keys import message_key
from partnership.refusals import Refusal

log = logging.getLogger(__name__)


@transaction.atomic
def cast(*, voter: Voter, by, ranking: Sequence[int], carried: str = "", now: datetime | None = None) -> str:
    """Puts an organisation's one vote into the box; returns its receipt, which is kept nowhere but in the box.

    `ranking` holds numbers of candidates, the first preference first; empty means none of them. `carried` is the receipt
    that the page to check the vote holds, signed: whoever casts the same vote with it again gets the same receipt again.
    Raises Refusal outside the time of voting, for a second vote, for anybody but the organisation's voter, for what is
    not on the paper, and for a receipt that was not made for this voter.

    Nothing is audited: the log would keep the order in which organisations voted.
    """
    election = locked(voter.election)  # votes come one after the other, and none after the count
    voter = Voter.objects.select_for_update(of=("self",)).get(pk=voter.pk)
    if not Voter.objects.of_person(by).filter(pk=voter.pk).exists():
        raise Refusal(f"You are not the person who votes for {voter.partner}.")
    receipt = _receipt(carried, voter)
    if voter.voted and carried and _is_in(election, receipt, tuple(ranking)):
        return receipt
    _check_time(election, now or timezone.now())
    if voter.voted:
        raise Refusal(f"{voter.partner} has already voted. Each organisation has one vote.")
    numbers = candidates(election)
    _check_ranking(election, ranking, numbers)
    _put_in(election, (receipt, tuple(ranking)))
    voter.voted = True
    voter.save(update_fields=["voted"])
    outbox.withdraw(keys=reminder_keys(election, voter), because="They have voted.")
    return receipt


def reminder_keys(election: Election, voter: Voter) -> list[str]:
    """Keys of the emails that ask an organisation to vote."""
    last = [reminder_emails.last_reminder(extension) for extension in (None, *election.extensions.all())]
    return [message_key("election", election.pk, which, voter.pk) for which in ("open", "half", *last)]


def _receipt(carried: str, voter: Voter) -> str:
    """The receipt in what the form carried, or a new one where it carried none."""
    if not carried:
        return sealing.new_receipt()
    receipt = receipts.read(carried, voter)
    if receipt is None:
        raise Refusal("Your vote was not taken: check it again, then cast it.")
    return receipt


def _is_in(election: Election, receipt: str, ranking: tuple[int, ...]) -> bool:
    """Whether this very vote was taken. Once counted, a candidate taken out is on no vote, so the receipt is enough."""
    if election.state != Election.State.VOTING:
        return election.ballots.filter(receipt=receipt).exists()
    try:
        return (receipt, ranking) in unsealed(election)
    except CANNOT_OPEN:
        return False


def _put_in(election: Election, vote: sealing.Vote) -> None:
    try:
        votes = unsealed(election)
    except CANNOT_OPEN as error:
        log.exception("The ballot box of election %s cannot be opened.", election.pk)
        raise Refusal(
            "The ballot box cannot be opened right now, so your vote was not taken. Tell the partnership’s staff, "
            "and try again later."
        ) from error
    if vote[0] in {receipt for receipt, _ in votes}:
        raise Refusal("Your vote was not taken: check it again, then cast it.")
    put_in(election, vote, votes)


def _check_time(election: Election, now: datetime) -> None:
    if election.takes_votes_at(now):
        return
    if election.state == Election.State.CANCELLED:
        raise Refusal("This election was cancelled, so no votes are taken.")
    if election.state in (Election.State.DRAFT, Election.State.ANNOUNCED, Election.State.NOMINATIONS):
        raise Refusal(f"Voting has not opened yet. It opens on {moment(election.voting_opens_at)}.")
    if election.cannot_be_counted:
        raise Refusal("The ballot box cannot be opened, so votes are no longer taken. The election will be held again.")
    if election.has_no_vote:
        raise Refusal(
            "There is no longer a vote, because there are no more candidates than seats. Your vote was not taken."
        )
    raise Refusal(f"Voting closed on {moment(election.voting_closes_at)}, so your vote was not taken.")


def _check_ranking(election: Election, ranking: Sequence[int], numbers: list[int]) -> None:
    if set(ranking) - set(numbers):
        raise Refusal("Choose among the candidates on this ballot paper.")
    if len(set(ranking)) != len(ranking):
        raise Refusal("Rank each candidate once only.")
    if election.method == Election.Method.FPTP and len(ranking) > 1:
        raise Refusal("Choose one candidate.")

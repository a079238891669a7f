"""Casting a vote, and opening the box when voting has closed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from partnership import audit, outbox
from partnership.dates import moment
from partnership.elections import emails, sealing
from partnership.elections.actions.election import locked
from partnership.elections.models import Ballot, BallotBox, Election, Voter
from partnership.outbox.message_keys import message_key
from partnership.refusals import Refusal


@transaction.atomic
def cast(*, voter: Voter, by, ranking: Sequence[int], now: datetime | None = None) -> str:
    """Puts an organisation's one vote into the box; returns its receipt, which is kept nowhere but in the box.

    `ranking` holds numbers of candidates, the first preference first; empty means none of them. Raises Refusal outside
    the time of voting, for a second vote, for anybody but the organisation's voter, and for what is not on the paper.
    """
    election = locked(voter.election)  # votes come one after the other, and none after the count
    _check_time(election, now or timezone.now())
    voter = Voter.objects.select_for_update(of=("self",)).select_related("partner").get(pk=voter.pk)
    if not Voter.objects.of_person(by).filter(pk=voter.pk).exists():
        raise Refusal(f"You are not the person who votes for {voter.partner}.")
    if voter.voted:
        raise Refusal(f"{voter.partner} has already voted. Each organisation has one vote.")
    numbers = candidates(election)
    _check_ranking(election, ranking, numbers)
    receipt = _put_in(election, tuple(ranking), _size_of_paper(election))
    voter.voted = True
    voter.save(update_fields=["voted"])
    outbox.withdraw(keys=reminder_keys(election, voter), because="They have voted.")
    audit.record(by=by, verb="election.voted", subject=election, organisation=str(voter.partner))
    return receipt


def open_box(election: Election) -> list[tuple[int, ...]]:
    """Moves the votes from the box to the list that is published, in the order of their receipts, and destroys the
    box. Returns the rankings. Called under the election's lock; raises `sealing.BrokenSealError`.

    Who was taken out while people voted is in none of them: their name on a paper would tell that it was cast before.
    """
    left = candidates(election)
    votes = [(receipt, without(ranking, left)) for receipt, ranking in _unsealed(election, _size_of_paper(election))]
    Ballot.objects.bulk_create(
        [Ballot(election=election, receipt=receipt, ranking=list(ranking)) for receipt, ranking in votes]
    )
    election.box.delete()
    return [ranking for _, ranking in votes]


def make_box(election: Election, number_of_candidates: int) -> BallotBox:
    """An empty box, sealed."""
    salt = sealing.new_salt()
    sealed = sealing.seal([], election=election.pk, salt=salt, candidates=number_of_candidates)
    return BallotBox.objects.create(election=election, salt=salt, sealed=sealed)


def candidates(election: Election) -> list[int]:
    """Numbers of those who can be voted for: on the ballot paper, and not taken out since."""
    return list(election.nominations.standing().values_list("number", flat=True))


def without(ranking: Sequence[int], left: Sequence[int]) -> tuple[int, ...]:
    """A ranking as if only those who are left had ever stood: each moves up to fill the gap."""
    return tuple(number for number in ranking if number in left)


def _size_of_paper(election: Election) -> int:
    """How many candidates the paper was printed with: what is in the box keeps that length, whoever goes later."""
    return election.nominations.on_paper().count()


def reminder_keys(election: Election, voter: Voter) -> list[str]:
    """Keys of the emails that ask an organisation to vote."""
    last = [emails.last_reminder(extension) for extension in (None, *election.extensions.all())]
    return [message_key("election", election.pk, which, voter.pk) for which in ("open", "half", *last)]


def _put_in(election: Election, ranking: tuple[int, ...], number_of_candidates: int) -> str:
    try:
        votes = _unsealed(election, number_of_candidates)
    except sealing.BrokenSealError as error:
        raise Refusal(
            "The ballot box cannot be opened right now, so your vote was not taken. Tell the partnership’s staff, "
            "and try again later."
        ) from error
    taken = {receipt for receipt, _ in votes}
    receipt = next(each for each in iter(sealing.new_receipt, None) if each not in taken)
    box = election.box
    box.sealed = sealing.seal(
        [*votes, (receipt, ranking)], election=election.pk, salt=bytes(box.salt), candidates=number_of_candidates
    )
    box.save(update_fields=["sealed"])
    return receipt


def _unsealed(election: Election, number_of_candidates: int) -> list[sealing.Vote]:
    box = election.box
    return sealing.unseal(
        bytes(box.sealed), election=election.pk, salt=bytes(box.salt), candidates=number_of_candidates
    )


def _check_time(election: Election, now: datetime) -> None:
    if election.takes_votes_at(now):
        return
    if election.state == Election.State.CANCELLED:
        raise Refusal("This election was cancelled, so no votes are taken.")
    if election.state in (Election.State.DRAFT, Election.State.ANNOUNCED, Election.State.NOMINATIONS):
        raise Refusal(f"Voting has not opened yet. It opens on {moment(election.voting_opens_at)}.")
    if election.has_no_vote:
        raise Refusal(
            "There is no longer a vote, because there are no more candidates than seats. Your vote was not taken."
        )
    raise Refusal(f"Voting closed on {moment(election.voting_closes_at)}, so your vote was not taken.")


def _check_ranking(election: Election, ranking: Sequence[int], numbers: list[int]) -> None:
    if set(ranking) - set(numbers):
        raise Refusal("Choose among the candidates on this ballot paper.")
    if len(set(ranking)) != len(ranking):
        raise Refusal("Give each candidate one place only.")
    if election.method == Election.Method.FPTP and len(ranking) > 1:
        raise Refusal("Choose one candidate.")

"""The ballot box: made when voting opens, opened when it has closed, or emptied unread; and then its key is destroyed."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from partnership import outbox
from partnership.elections import ballot_keys, sealing
from partnership.elections.models import Ballot, BallotBox, Election, Voter
from partnership.outbox import message_keys

log = logging.getLogger(__name__)
CANNOT_OPEN = (sealing.BrokenSealError, ballot_keys.NoKeyError)


def open_box(election: Election) -> list[tuple[int, ...]]:
    """Moves the votes from the box to the list that is published, in the order of their receipts, and empties the box.
    Returns the rankings. Called under the election's lock; raises as `sealing.unseal` and `ballot_keys.read`.

    The key is destroyed once this is committed and not before: whenever the machine stops, the votes are either still in
    a box that can be opened, or in the list. Who was taken out while people voted is in none of them: their name on a
    paper would tell that it was cast before.
    """
    left = candidates(election)
    votes = [(receipt, without(ranking, left)) for receipt, ranking in unsealed(election)]
    Ballot.objects.bulk_create(
        [Ballot(election=election, receipt=receipt, ranking=list(ranking)) for receipt, ranking in votes]
    )
    _empty(election.box)
    _forget_order(election)
    return [ranking for _, ranking in votes]


def destroy_votes(election: Election) -> None:
    """Destroys the votes unread, their key and the order of voting; there may be none. Called under the election's lock."""
    if box := BallotBox.objects.closed().filter(election=election).first():
        _empty(box)
        _forget_order(election)


def make_box(election: Election, number_of_candidates: int) -> BallotBox:
    """An empty box, sealed with a key of its own. Raises `ballot_keys.CannotKeepKeysError`."""
    name = ballot_keys.make()
    sealed = sealing.seal([], election=election.pk, key=ballot_keys.read(name), candidates=number_of_candidates)
    return BallotBox.objects.create(election=election, key_name=name, sealed=sealed)


def put_in(election: Election, vote: sealing.Vote, others: list[sealing.Vote]) -> None:
    """Seals the box again with one more vote in it. Called under the election's lock."""
    box = BallotBox.objects.get(election=election)
    key = ballot_keys.read(box.key_name)
    box.sealed = sealing.seal([*others, vote], election=election.pk, key=key, candidates=size_of_paper(election))
    box.save(update_fields=["sealed"])


def can_be_opened(election: Election) -> bool:
    """Whether the votes can be read, while the box is closed."""
    try:
        unsealed(election)
    except CANNOT_OPEN:
        return False
    return True


def destroy_keys() -> int:
    """Destroys the keys of boxes that are empty now; returns how many. Safe at any time, and twice.

    A key that is not here may lie in a folder that is only away, so its box is looked at again.
    """
    gone = 0
    for box in BallotBox.objects.emptied():
        try:
            found = ballot_keys.destroy(box.key_name)
        except OSError:
            log.exception("The ballot key %s cannot be destroyed.", box.key_name)
            continue
        if found:
            box.delete()
            gone += 1
    return gone


def candidates(election: Election) -> list[int]:
    """Numbers of those who can be voted for: on the ballot paper, and not taken out since."""
    return list(election.nominations.standing().values_list("number", flat=True))


def without(ranking: Sequence[int], left: Sequence[int]) -> tuple[int, ...]:
    """A ranking as if only those who are left had ever stood: each moves up to fill the gap."""
    return tuple(number for number in ranking if number in left)


def size_of_paper(election: Election) -> int:
    """How many candidates the paper was printed with: what is in the box keeps that length, whoever goes later."""
    return election.nominations.on_paper().count()


def unsealed(election: Election) -> list[sealing.Vote]:
    """The votes in the box, in the order of their receipts. Raises one of CANNOT_OPEN."""
    box = BallotBox.objects.get(election=election)
    key = ballot_keys.read(box.key_name)
    return sealing.unseal(bytes(box.sealed), election=election.pk, key=key, candidates=size_of_paper(election))


def _empty(box: BallotBox) -> None:
    box.sealed = b""
    box.save(update_fields=["sealed"])
    transaction.on_commit(destroy_keys, robust=True)  # and where this is missed, the clock does it


def _forget_order(election: Election) -> None:
    """Writes each mark of the roll again, in the order of the roll, and the emails that votes withdrew: rows on the disk,
    and the transactions that wrote them, no longer say who voted first."""
    for pk in list(election.roll.order_by("pk").values_list("pk", flat=True)):
        Voter.objects.filter(pk=pk).update(voted=F("voted"))
    outbox.forget_when_withdrawn(about=message_keys.about("election", election.pk))

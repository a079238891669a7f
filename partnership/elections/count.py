"""Counting votes: first past the post, and the single transferable vote. Pure: no database, no clock, no chance.

The arithmetic of transfers is votelib's (weighted inclusive Gregory, as in Scottish local elections, in exact
fractions; Droop quota). Around it: one candidate excluded at a time, ties settled by the rule below, each round kept.

Tie rule: of candidates with as many votes, the one who led in the latest earlier round in which they differed goes
before; if they never did, a lot is drawn. The lot is not chance but arithmetic on a seed that is public before the
first vote: anybody can draw it again (`lot`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256

Ballot = tuple[int, ...]  # numbers of candidates, the first preference first; empty: none of them


@dataclass(frozen=True)
class Tie:
    """Candidates who had as many votes, who goes before the others or is out, and by what: a lead or a lot."""

    between: tuple[int, ...]
    chosen: int
    by: str
    round: int = 0  # of the lead


@dataclass(frozen=True)
class Round:
    """Votes of each candidate still in, at the start of the round, and what the round then did."""

    number: int
    votes: dict[int, Fraction]
    exhausted: Fraction
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    without_quota: bool = False  # as many candidates were left as seats
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Count:
    """Outcome of a count. `quota` is None for first past the post. `elected` is in the order of election."""

    method: str
    seats: int
    ballots: int
    abstentions: int
    quota: int | None
    elected: tuple[int, ...]
    rounds: tuple[Round, ...] = field(default=())

    @property
    def valid(self) -> int:
        """Ballots that name a candidate."""
        return self.ballots - self.abstentions


def lot(seed: str, candidate: int) -> str:
    """Returns what a candidate draws: the hexadecimal SHA-256 of "seed:number". The smaller one goes before."""
    return sha256(f"{seed}:{candidate}".encode()).hexdigest()


def first_past_the_post(ballots: Iterable[Ballot], candidates: Sequence[int], seed: str) -> Count:
    """Counts one seat: most votes win, a tie is settled by lot. Nobody is elected without a single valid vote."""
    cast = list(ballots)
    firsts = Counter(ballot[0] for ballot in cast if ballot)
    votes = {candidate: Fraction(firsts[candidate]) for candidate in candidates}
    abstentions = sum(not ballot for ballot in cast)
    if not firsts:
        return Count("fptp", 1, len(cast), abstentions, None, ())
    most = max(votes.values())
    leading = [candidate for candidate in candidates if votes[candidate] == most]
    winner, ties = _first(leading, [], seed)
    only = Round(1, votes, Fraction(0), elected=(winner,), ties=ties)
    return Count("fptp", 1, len(cast), abstentions, None, (winner,), (only,))


def single_transferable_vote(ballots: Iterable[Ballot], candidates: Sequence[int], seats: int, seed: str) -> Count:
    """Counts by rounds until the seats are filled. Nobody is elected without a single valid vote."""
    cast = Counter(ballots)
    total, abstentions = sum(cast.values()), cast.pop((), 0)
    if not cast:
        return Count("stv", seats, total, abstentions, None, ())
    counting = _Counting(cast, candidates, min(seats, len(candidates)), seed)
    while counting.goes_on:
        counting.next_round()
    return Count("stv", seats, total, abstentions, counting.quota, tuple(counting.elected), tuple(counting.rounds))


class _Counting:
    """One count on its way: votelib holds the papers, this keeps what happened."""

    def __init__(self, cast: Counter, candidates: Sequence[int], seats: int, seed: str) -> None:
        from votelib.component.quota import droop  # few processes ever count: the library is read when one does
        from votelib.evaluate.sequential import TransferableVoteDistributor, initial_allocation  # the same

        self.retainer = _AllButTheLast(self)
        self.rule = TransferableVoteDistributor(retainer=self.retainer)
        self.papers = initial_allocation(cast, self.rule.transferer)
        for candidate in candidates:
            self.papers.setdefault(candidate, {})
        self.valid, self.seats, self.seed = sum(cast.values()), seats, seed
        self.quota = droop(self.valid, seats)
        self.most = dict.fromkeys(candidates, 1)
        self.elected: list[int] = []
        self.rounds: list[Round] = []
        self.history: list[dict[int, Fraction]] = []

    @property
    def goes_on(self) -> bool:
        return len(self.elected) < self.seats

    def next_round(self) -> None:
        votes = {who: sum(papers.values(), Fraction(0)) for who, papers in self.papers.items()}
        exhausted = votes.pop(None, Fraction(0))
        self.history.append(votes)
        self.retainer.clear()
        before = dict.fromkeys(self.elected, 1)
        self.papers, chosen = self.rule.next_count(
            self.papers, self.seats, self.valid, prev_gains=before, max_seats=self.most
        )
        new = sorted(chosen, key=lambda who: (-votes[who], lot(self.seed, who)))
        self.elected += new
        self.rounds.append(
            Round(
                number=len(self.rounds) + 1,
                votes=votes,
                exhausted=exhausted,
                elected=tuple(new),
                excluded=self.retainer.excluded,
                without_quota=any(votes[who] < self.quota for who in new),
                ties=self.retainer.ties,
            )
        )


class _AllButTheLast:
    """What votelib asks when nobody has the quota: who stays in. All but one, by the tie rule."""

    accepts_seats = False

    def __init__(self, counting: _Counting) -> None:
        self.counting = counting
        self.clear()

    def clear(self) -> None:
        self.excluded: tuple[int, ...] = ()
        self.ties: tuple[Tie, ...] = ()

    def evaluate(self, votes: dict[int, Fraction]) -> list[int]:
        least = min(votes.values())
        last = sorted(who for who, number in votes.items() if number == least)
        out, self.ties = _last(last, self.counting.history[:-1], self.counting.seed)
        self.excluded = (out,)
        return [who for who in votes if who != out]


def _first(tied: list[int], history: list[dict[int, Fraction]], seed: str) -> tuple[int, tuple[Tie, ...]]:
    return _settle(tied, history, seed, max)


def _last(tied: list[int], history: list[dict[int, Fraction]], seed: str) -> tuple[int, tuple[Tie, ...]]:
    return _settle(tied, history, seed, min)


def _settle(tied, history, seed, which) -> tuple[int, tuple[Tie, ...]]:
    """Returns who is first (`which` is max) or last (min) among the tied, and the ties settled on the way."""
    if len(tied) == 1:
        return tied[0], ()
    left = list(tied)
    for number in range(len(history), 0, -1):
        votes = history[number - 1]
        left = [who for who in left if votes[who] == which(votes[each] for each in left)]
        if len(left) == 1:
            return left[0], (Tie(tuple(tied), left[0], "lead", number),)
    drawn = sorted(left, key=lambda who: lot(seed, who))
    chosen = drawn[0] if which is max else drawn[-1]
    return chosen, (Tie(tuple(left), chosen, "lot"),)

"""Seconds to count 5,000 ballots by single transferable vote: twelve candidates for four seats, made-up rankings."""

import time
from random import Random

from bench import portal
from bench.table import Row
from partnership.elections import count

BALLOTS, CANDIDATES, SEATS, ROUNDS = 5_000, 12, 4, 5


def measure(site: portal.Site) -> list[Row]:
    """Five counts of the same ballots; the first also reads the library."""
    cast = ballots()
    runs = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = count.single_transferable_vote(cast, range(1, CANDIDATES + 1), SEATS, "bench")
        runs.append(time.perf_counter() - started)
    if len(found.elected) != SEATS:
        raise RuntimeError(f"{found.elected} are elected to {SEATS} seats")
    words = f"{BALLOTS:,} ballots, {CANDIDATES} candidates, {SEATS} seats, {len(found.rounds)} rounds"
    return [Row(words, "s", runs)]


def ballots() -> list[tuple[int, ...]]:
    """Rankings of one to twelve candidates; low numbers are liked a little more."""
    chance = Random(5000)
    found = []
    for _ in range(BALLOTS):
        liked = sorted(range(1, CANDIDATES + 1), key=lambda who: who * 0.3 + chance.random() * 6)
        found.append(tuple(liked[: chance.randint(1, CANDIDATES)]))
    return found

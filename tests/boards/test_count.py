"""Counts, checked against examples others have published, and the tie rule.

Published: "What food for the party" (twenty guests, three foods) and the hundred voters of Andrea, Brad, Carter,
Delilah and Scott, both from the English Wikipedia's articles on the single transferable vote and on CPO-STV; the
sixty voters of Alice, Bob, Chris, Don and Eric from OpaVote's pages on counting.
"""

import random
import subprocess
import sys
from fractions import Fraction
from itertools import permutations

import pytest

from partnership.boards.count import first_past_the_post, lot, single_transferable_vote


def votes_of(names, papers):
    numbers = {name: number for number, name in enumerate(names, 1)}
    return [tuple(numbers[name] for name in ranking) for ranking, times in papers for _ in range(times)]


def named(names, numbers):
    return [names[number - 1] for number in numbers]


FOOD = ["oranges", "pears", "chocolate", "strawberries", "sweets"]
FOOD_VOTES = [
    (("oranges",), 4),
    (("pears", "oranges"), 2),
    (("chocolate", "strawberries"), 8),
    (("chocolate", "sweets"), 4),
    (("strawberries",), 1),
    (("sweets",), 1),
]


def test_food_example_round_by_round():
    count = single_transferable_vote(votes_of(FOOD, FOOD_VOTES), range(1, 6), 3, "seed")
    assert count.quota == 6
    assert [named(FOOD, each.elected) for each in count.rounds] == [
        ["chocolate"],
        [],
        ["oranges"],
        [],
        ["strawberries"],
    ]
    assert [named(FOOD, each.excluded) for each in count.rounds] == [[], ["pears"], [], ["sweets"], []]
    assert [int(votes) for votes in count.rounds[0].votes.values()] == [4, 2, 12, 1, 1]
    assert count.rounds[1].votes == {1: 4, 2: 2, 4: 5, 5: 3}
    assert count.rounds[2].votes == {1: 6, 4: 5, 5: 3}
    assert named(FOOD, count.elected) == ["chocolate", "oranges", "strawberries"]


HUNDRED = ["Andrea", "Brad", "Carter", "Delilah", "Scott"]
HUNDRED_VOTES = [
    (("Andrea",), 25),
    (("Carter", "Brad", "Delilah"), 34),
    (("Brad", "Delilah"), 7),
    (("Delilah", "Brad"), 8),
    (("Delilah", "Scott"), 5),
    (("Scott", "Delilah"), 21),
]


def test_hundred_voters_example():
    count = single_transferable_vote(votes_of(HUNDRED, HUNDRED_VOTES), range(1, 6), 3, "seed")
    assert count.quota == 26
    assert named(HUNDRED, count.rounds[0].elected) == ["Carter"]
    assert count.rounds[1].votes == {1: 25, 2: 15, 4: 13, 5: 21}
    assert named(HUNDRED, count.rounds[1].excluded) == ["Delilah"]
    assert sorted(named(HUNDRED, count.elected)) == ["Andrea", "Carter", "Scott"]


def test_sixty_voters_example_moves_the_surplus_twice():
    names = ["Alice", "Bob", "Chris", "Don", "Eric"]
    papers = [
        (("Alice", "Bob", "Chris"), 28),
        (("Bob", "Alice", "Chris"), 26),
        (("Chris",), 3),
        (("Don",), 2),
        (("Eric",), 1),
    ]
    count = single_transferable_vote(votes_of(names, papers), range(1, 6), 3, "seed")
    assert count.quota == 16
    assert named(names, count.elected) == ["Alice", "Bob", "Chris"]
    assert count.rounds[1].votes[3] == 3 + 12 + 10


def test_fractions_are_exact_and_no_vote_is_lost():
    chance = random.Random(3)
    ballots = [tuple(chance.sample(range(1, 8), chance.randint(0, 7))) for _ in range(200)]
    count = single_transferable_vote(ballots, range(1, 8), 3, "seed")
    kept = 0
    for each in count.rounds:
        assert sum(each.votes.values()) + each.exhausted + kept == count.valid
        if not each.without_quota:
            kept += count.quota * len(each.elected)
    assert len(count.elected) == 3
    assert all(isinstance(votes, int | Fraction) for each in count.rounds for votes in each.votes.values())


def test_order_of_the_ballots_changes_nothing():
    ballots = votes_of(FOOD, FOOD_VOTES)
    first = single_transferable_vote(ballots, range(1, 6), 3, "seed")
    for seed in range(5):
        random.Random(seed).shuffle(ballots)
        assert single_transferable_vote(ballots, range(1, 6), 3, "seed") == first


def test_tie_goes_to_who_led_in_an_earlier_round():
    """Two and three are level in round two; two had more first preferences."""
    ballots = [(1,)] * 5 + [(2,)] * 4 + [(3,)] * 3 + [(4, 3)]
    count = single_transferable_vote(ballots, [1, 2, 3, 4], 1, "seed")
    tie = count.rounds[1].ties[0]
    assert (set(tie.between), tie.chosen, tie.by, tie.round) == ({2, 3}, 3, "lead", 1)
    assert count.rounds[1].excluded == (3,)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_tie_without_a_lead_is_a_lot_that_anybody_can_draw(seed):
    count = single_transferable_vote([(1,), (2,)], [1, 2], 1, seed)
    assert count.elected == (min([1, 2], key=lambda number: lot(seed, number)),)
    assert count.rounds[0].ties[0].by == "lot"
    level = first_past_the_post([(1,), (2,)], [1, 2], seed)
    assert level.elected == count.elected


def test_lot_falls_each_way():
    winners = {first_past_the_post([(1,), (2,)], [1, 2], str(seed)).elected for seed in range(20)}
    assert winners == {(1,), (2,)}


def test_most_votes_win_first_past_the_post():
    count = first_past_the_post([(1,), (2,), (2,), ()], [1, 2, 3], "seed")
    assert (count.elected, count.abstentions, count.valid) == ((2,), 1, 3)
    assert count.rounds[0].votes == {1: 1, 2: 2, 3: 0}


def test_candidate_nobody_put_first_may_still_win():
    """Three is everybody's second choice, and gets there by transfers, not by standing first."""
    ballots = [(1, 3)] * 9 + [(2, 3)] * 3
    assert single_transferable_vote(ballots, [1, 2, 3], 2, "seed").elected[1] == 3


@pytest.mark.parametrize("count", [lambda: single_transferable_vote([(), ()], [1, 2], 1, "s"),
                                   lambda: first_past_the_post([(), ()], [1, 2], "s")])  # fmt: skip
def test_nobody_is_elected_without_a_vote(count):
    assert count().elected == ()
    assert (count().ballots, count().abstentions) == (2, 2)


def test_every_small_election_ends_with_its_seats_filled():
    for seats in (1, 2):
        for ballots in permutations([(1, 2), (2, 3, 1), (3,), (1, 3, 2), (2, 1)], 4):
            assert len(single_transferable_vote(ballots, [1, 2, 3], seats, "seed").elected) == seats


def test_library_is_not_loaded_until_somebody_counts():
    code = "import sys, partnership.boards.count; assert not [m for m in sys.modules if m.startswith('votelib')]"
    subprocess.run([sys.executable, "-c", code], check=True)

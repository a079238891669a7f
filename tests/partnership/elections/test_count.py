"""Counts, checked against examples others have published, and the tie rule.

Published: "What food for the party" (twenty guests, three foods) and the hundred voters of Andrea, Brad, Carter,
Delilah and Scott, both from the English Wikipedia's articles on the single transferable vote and on CPO-STV; the
sixty voters of Alice, Bob, Chris, Don and Eric from OpaVote's pages on counting.

With transfers that carry fractions of a vote, published too, for the rule we count by: the Scottish Government's worked
example of a council election (gov.scot, resource 0038/00389095; 2,397 papers, five candidates, three seats), whose
votes in each stage are published in whole numbers and are kept in votelib's own tests; and the hundred voters for owners
of dogs, cats and fish of Lee Yingtong Li's primer of STV, parts 4 to 6 (yingtongli.me, 2022), with its standings.

Where our rule is not the Scottish one: the Scottish Local Government Elections Order 2007 (SSI 2007/42), rule 48, cuts
each transfer value off after five decimals, and we keep the fraction whole. What the law loses so is compared below.
"""

import random
import subprocess
import sys
from fractions import Fraction
from itertools import permutations

import pytest

from partnership.elections.count import first_past_the_post, lot, single_transferable_vote


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


COUNCIL = ["Adams", "Baker", "Campbell", "Gray", "Miller"]
COUNCIL_VOTES = [
    (("Adams", "Baker"), 35),
    (("Adams", "Gray", "Baker"), 84),
    (("Adams", "Gray", "Miller"), 267),
    (("Adams", "Gray"), 49),
    (("Adams", "Miller"), 78),
    (("Adams",), 37),
    (("Baker",), 377),
    (("Campbell", "Adams", "Baker"), 7),
    (("Campbell", "Adams", "Gray", "Baker"), 7),
    (("Campbell", "Adams", "Gray", "Miller"), 19),
    (("Campbell", "Adams", "Gray"), 23),
    (("Campbell", "Adams", "Miller"), 263),
    (("Campbell", "Adams"), 38),
    (("Campbell", "Baker"), 223),
    (("Campbell", "Gray", "Baker"), 15),
    (("Campbell", "Gray", "Miller"), 58),
    (("Campbell", "Gray"), 10),
    (("Campbell", "Miller"), 252),
    (("Campbell",), 57),
    (("Gray", "Baker"), 54),
    (("Gray", "Miller"), 96),
    (("Gray",), 17),
    (("Miller",), 331),
]


def council_count():
    return single_transferable_vote(votes_of(COUNCIL, COUNCIL_VOTES), range(1, 6), 3, "seed")


def votes_in(names, each):
    return {names[number - 1]: votes for number, votes in each.votes.items()}


def test_scottish_example_round_by_round():
    count = council_count()
    assert (count.valid, count.quota) == (2397, 600)
    whole = [{name: int(votes) for name, votes in votes_in(COUNCIL, each).items()} for each in count.rounds]
    assert whole == [
        {"Adams": 550, "Baker": 377, "Campbell": 972, "Gray": 167, "Miller": 331},
        {"Adams": 686, "Baker": 462, "Gray": 198, "Miller": 427},
        {"Baker": 467, "Gray": 251, "Miller": 449},
        {"Baker": 537, "Miller": 602},
    ]
    assert [named(COUNCIL, each.elected) for each in count.rounds] == [["Campbell"], ["Adams"], [], ["Miller"]]
    assert [named(COUNCIL, each.excluded) for each in count.rounds] == [[], [], ["Gray"], []]
    assert named(COUNCIL, count.elected) == ["Campbell", "Adams", "Miller"]


def test_scottish_example_moves_fractions_of_fractions():
    """Campbell's papers are worth 372/972 when Adams gets them, and that share of Adams's surplus when they go on."""
    _, second, third, last = council_count().rounds
    campbell = Fraction(372, 972)
    adams = 550 + 357 * campbell
    assert votes_in(COUNCIL, second) == {
        "Adams": adams,
        "Baker": 377 + 223 * campbell,
        "Gray": 167 + 83 * campbell,
        "Miller": 331 + 252 * campbell,
    }
    assert second.exhausted == 57 * campbell
    on = (adams - 600) / adams
    assert votes_in(COUNCIL, third)["Miller"] == 331 + 252 * campbell + 78 * on + 263 * campbell * on
    assert third.exhausted == 57 * campbell + 37 * on + 38 * campbell * on
    assert votes_in(COUNCIL, last)["Miller"] == (
        331 + 252 * campbell + 78 * on + 263 * campbell * on + 96 + 58 * campbell + 267 * on + 19 * campbell * on
    )


def test_five_decimals_would_change_less_than_a_fiftieth_of_a_vote():
    """What rule 48 of the Scottish order gives in the same example: a surplus times the value of the paper, divided by
    the votes, any remainder after five decimals ignored."""

    def cut(value):
        return Fraction(int(value * 100_000), 100_000)

    _, second, third, _ = council_count().rounds
    campbell = cut(Fraction(372, 972))
    adams = 550 + 357 * campbell
    assert (campbell, adams) == (Fraction("0.38271"), Fraction("686.62747"))
    own, passed_on = cut((adams - 600) / adams), cut((adams - 600) * campbell / adams)
    miller = 331 + 252 * campbell + 78 * own + 263 * passed_on
    for ours, by_law in [(votes_in(COUNCIL, second)["Adams"], adams), (votes_in(COUNCIL, third)["Miller"], miller)]:
        assert int(ours) == int(by_law)
        assert 0 < ours - by_law < Fraction(1, 50)


def test_owners_example_skips_the_elected_and_counts_spent_papers():
    """Nine votes too many on thirty-five papers: each goes on with 9/35 of a vote, past the elected Cat Owner 1."""
    names = ["Dog Owner 1", "Dog Owner 2", "Cat Owner 1", "Cat Owner 2", "Fish Owner"]
    dog, dog_2, cat, cat_2, fish = names
    papers = [
        ((dog, dog_2, fish, cat, cat_2), 21),
        ((dog_2, dog, fish, cat, cat_2), 19),
        ((cat, cat_2, fish, dog, dog_2), 40),
        ((cat_2, cat, fish, dog, dog_2), 6),
        ((fish, dog, dog_2, cat, cat_2), 7),
        ((fish, dog, cat, cat_2, dog_2), 6),
        ((fish, dog), 1),
    ]
    count = single_transferable_vote(votes_of(names, papers), range(1, 6), 3, "seed")
    assert count.quota == 26
    assert [votes_in(names, each) for each in count.rounds[:3]] == [
        {dog: 21, dog_2: 19, cat: 40, cat_2: 6, fish: 14},
        {dog: 21, dog_2: 19, cat_2: 20, fish: 14},
        {dog: 35, dog_2: 19, cat_2: 20},
    ]
    value = Fraction(9, 35)
    assert votes_in(names, count.rounds[3]) == {dog_2: 19 + 28 * value, cat_2: 20 + 6 * value}
    assert count.rounds[3].exhausted == value
    assert named(names, count.elected) == [cat, dog, dog_2]


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
def test_tie_without_a_lead_is_a_lot_that_anyone_can_draw(seed):
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


def test_library_is_not_loaded_until_someone_counts():
    code = "import sys, partnership.elections.count; print([m for m in sys.modules if m.startswith('votelib')])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"[]\n"

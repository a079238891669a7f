"""The sealed box: it opens to what was put in, only with its key, and looks like nothing from outside."""

import pytest

from partnership.elections.sealing import LETTERS, BrokenSealError, new_receipt, seal, unseal

VOTES = [("ZZZZ-2222-2222", (3, 1)), ("2222-2222-2222", ()), ("K7QF-M2XD-9WPT", (2,))]
KEY = bytes(range(32))


def opened(sealed, **instead):
    return unseal(sealed, **{"election": 7, "key": KEY, "candidates": 3} | instead)


def sealed(votes=VOTES):
    return seal(votes, election=7, key=KEY, candidates=3)


def test_box_opens_to_its_votes_in_the_order_of_receipts():
    assert opened(sealed()) == sorted(VOTES)
    assert opened(sealed([])) == []


def test_box_is_another_text_each_time_and_as_long_whatever_was_voted():
    assert sealed() != sealed()
    assert len({len(sealed([(new_receipt(), ranking)])) for ranking in [(), (1,), (1, 2, 3)]}) == 1
    assert b"K7QF" not in sealed()


def test_box_opens_with_nothing_but_its_own_key():
    box = sealed()
    for instead in ({"election": 8}, {"key": bytes(32)}, {"key": b"short"}):
        with pytest.raises(BrokenSealError):
            opened(box, **instead)
    with pytest.raises(BrokenSealError):
        opened(box[:-1] + bytes([box[-1] ^ 1]))


def test_receipts_are_chance_and_easy_to_copy():
    receipts = {new_receipt() for _ in range(2000)}
    assert len(receipts) == 2000
    assert all(len(each) == 14 and set(each) <= set(LETTERS) | {"-"} for each in receipts)
    assert not set(LETTERS) & set("01IO")

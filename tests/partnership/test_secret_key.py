"""Which keys others could know."""

import pytest

from partnership.secret_key import KNOWN_TO_ALL, weakness_of


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (KNOWN_TO_ALL, "stands in the source code"),
        ("", "has 0"),
        ("a", "has 1"),
        ("abcdefghij" * 4 + "123456789", "has 49"),
        ("a" * 64, "repeats itself"),
        ("abcd" * 20, "repeats itself"),
    ],
)
def test_key_that_others_could_know_is_weak(key, says):
    assert says in weakness_of(key)


def test_fifty_random_letters_are_a_good_key():
    assert weakness_of("abcdefghij" * 5) == ""

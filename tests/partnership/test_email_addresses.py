"""Addresses are put right where that is sure, and otherwise refused in words."""

import pytest

from partnership.email_addresses import tidy_address, what_is_wrong


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ann.o’six@example.org", "ann.o'six@example.org"),
        ("zero@ex.example\u200b", "zero@ex.example"),
        ("\u00a0ann–marie@example.org ", "ann-marie@example.org"),
        ("ann@example.org", "ann@example.org"),
    ],
)
def test_address_is_tidied(typed, address):
    assert tidy_address(typed) == address


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ann@[10.0.0.1]", "names a computer by its number"),
        ("ann@[IPv6:::1]", "names a computer by its number"),
        ("ann.example.org", "it has no @"),
        ("ann@example", "needs a dot"),
        ("ann..hill@example.org", "two dots in a row"),
        ("ann hill@example.org", "check it for a mistake"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org", "too long"),
    ],
)
def test_what_is_no_address_is_said(address, why):
    assert why in what_is_wrong(address)


def test_good_address_has_nothing_wrong():
    assert not what_is_wrong("ann.o'six+x@mail.example.org")

"""Quorum: a number, a part, the sectors that must be there; who withdraws does not count."""

from datetime import date

import pytest

from partnership.boards import quorum
from partnership.boards.models import Board, Seat

TODAY = date(2026, 9, 14)


def seats(*sectors: str, voting: bool = True) -> list[Seat]:
    return [Seat(pk=number, sector=sector, voting=voting) for number, sector in enumerate(sectors, start=1)]


@pytest.mark.parametrize(
    ("rule", "present", "members", "met"),
    [
        ({}, 0, 9, True),
        ({"quorum_number": 4}, 3, 9, False),
        ({"quorum_number": 4}, 4, 9, True),
        ({"quorum_one_in": 3}, 3, 9, True),
        ({"quorum_one_in": 3}, 3, 10, False),  # a third of ten is four
        ({"quorum_one_in": 3}, 4, 10, True),
        ({"quorum_one_in": 1}, 8, 9, False),
        ({"quorum_number": 5, "quorum_one_in": 4}, 4, 12, False),  # the greater of both
        ({"quorum_number": 2, "quorum_one_in": 4}, 2, 12, False),
    ],
)
def test_quorum_counts_members_and_rounds_a_part_up(rule, present, members, met):
    assert quorum.is_met(Board(**rule), present=seats(*["nhs"] * present), members=members, on=TODAY) is met


def test_quorum_needs_each_sector_it_names():
    board = Board(quorum_number=2, quorum_needs=["vcfse", "council"])
    there = seats("nhs", "vcfse", "vcfse")
    assert not quorum.is_met(board, present=there, members=9, on=TODAY)
    assert [sector.label for sector in quorum.missing_sectors(board, there)] == ["Councils"]
    assert quorum.is_met(board, present=seats("vcfse", "council"), members=9, on=TODAY)


def test_member_who_withdraws_for_a_conflict_does_not_count():
    board, there = Board(quorum_number=3, quorum_needs=["vcfse"]), seats("nhs", "council", "vcfse")
    assert quorum.is_met(board, present=there, members=3, on=TODAY)
    assert not quorum.is_met(board, present=there, members=3, on=TODAY, withdrawn=[there[0]])
    assert quorum.missing_sectors(board, there, withdrawn=[there[2]]) == ["vcfse"]


def test_who_attends_without_a_vote_does_not_count():
    assert not quorum.is_met(Board(quorum_number=1), present=seats("nhs", voting=False), members=1, on=TODAY)


def test_rule_is_said_in_words():
    assert quorum.in_words(Board()) == ""
    said = quorum.in_words(Board(quorum_number=5, quorum_one_in=3, quorum_needs=["council"]))
    assert "at least 5 voting members and at least a third of the voting members and" in said
    assert "someone who speaks for the sector “Councils”" in said
    assert "withdraws because of a conflict of interest does not count" in said

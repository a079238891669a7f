"""What the figures of a list mean."""

from collections import Counter

import pytest

from assemblies.lists.balance import balance_of, for_lists
from assemblies.lists.models import ListTarget
from tests.factories import InvitationListFactory, ListEntryFactory

TARGET = {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}


def words(kinds: dict[str, int], targets: dict[str, int] = TARGET) -> dict[str, str]:
    return {share.sector.value: share.words for share in balance_of(Counter(kinds), targets).shares}


def test_list_near_its_target_is_about_right():
    assert set(words({"nhs_trust": 3, "council": 2, "vcfse": 4, "business": 1}).values()) == {"About right"}


def test_sector_that_is_short_says_how_many_more_reach_it():
    found = balance_of(Counter({"nhs_trust": 6, "council": 4}), TARGET)
    vcfse = next(share for share in found.shares if share.sector == "vcfse")
    assert (vcfse.people, vcfse.percent, vcfse.short_by) == (0, 0, 7)
    assert 7 / 17 >= 0.4 > 6 / 16
    assert "Voluntary" in found.words


def test_sector_above_its_target_says_so():
    assert words({"nhs_trust": 9, "vcfse": 1})["nhs"] == "Above the target"


def test_people_of_unknown_kind_do_not_count_in_the_shares():
    found = balance_of(Counter({"": 8, "vcfse": 1, "council": 1}), TARGET)
    assert (found.total, found.unknown) == (10, 8)
    assert [share.percent for share in found.shares] == [0, 50, 50, 0]


@pytest.mark.parametrize(
    ("kinds", "targets", "said"),
    [
        ({}, TARGET, "Nobody is on the list yet."),
        ({"": 3}, TARGET, "We do not yet know what kind"),
        ({"vcfse": 3}, {}, "No target mix is set"),
        ({"nhs_trust": 3, "council": 2, "vcfse": 4, "business": 1}, TARGET, "Close to the target mix."),
    ],
)
def test_balance_in_one_sentence(kinds, targets, said):
    assert said in balance_of(Counter(kinds), targets).words


def test_target_of_a_hundred_counts_those_who_would_have_to_leave():
    assert words({"council": 3, "vcfse": 1}, {"vcfse": 100})["vcfse"] == "3 more to reach it"


@pytest.mark.django_db
def test_balance_of_many_lists_takes_two_queries(django_assert_num_queries):
    lists = InvitationListFactory.create_batch(3)
    for each in lists:
        ListEntryFactory.create_batch(2, list=each, kind="vcfse")
        ListTarget.objects.create(list=each, sector="vcfse", percent=40)
    with django_assert_num_queries(2):
        found = for_lists(lists)
    assert [found[each.pk].total for each in lists] == [2, 2, 2]

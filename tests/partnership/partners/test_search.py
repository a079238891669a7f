"""The directory's search: by word and the beginning of a word, neighbourhood and group; from an index."""

import pytest
from django.db import connection

from partnership.partners.models import Partner, PeopleGroup
from tests import factories as make

pytestmark = pytest.mark.django_db


def names(words: str, **more) -> list[str]:
    return list(Partner.objects.public().holding(words, **more).values_list("name", flat=True))


@pytest.fixture(autouse=True)
def partners():
    make.PartnerFactory(
        name="Halton Carers' Centre", summary="Breaks and advice.", neighbourhoods="Ditton, Hough Green"
    )
    make.PartnerFactory(name="Men in Sheds", summary="Company for anyone who cares for someone.")
    make.PartnerFactory(name="The O'Neill Trust", summary="Ditton is where we began.")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hal", ["Halton Carers' Centre"]),
        ("centre halt", ["Halton Carers' Centre"]),
        ("caring", ["Men in Sheds"]),  # of one stem with "cares"
        ("oneill", ["The O'Neill Trust"]),
        ("o'neill", ["The O'Neill Trust"]),
        ("the o’neill", ["The O'Neill Trust"]),
        ("ditton", ["Halton Carers' Centre", "The O'Neill Trust"]),
        ("halton sheds", []),
        ("", ["Halton Carers' Centre", "Men in Sheds", "The O'Neill Trust"]),
        ("'); drop table & | ! <-> :*", []),
    ],
)
def test_words_are_found_whole_or_by_their_beginning(words, found):
    assert [name for name in names(words) if name in found] == found
    assert len(names(words)) == len(found)


def test_neighbourhood_is_asked_for_apart(client):
    assert names("ditton", weight="C") == ["Halton Carers' Centre"]
    page = client.get("/partners/", {"near": "hough gr"}).text
    assert "Halton Carers" in page
    assert "Men in Sheds" not in page


def test_group_served_is_asked_for(client):
    Partner.objects.get(name="Men in Sheds").groups.add(PeopleGroup.objects.get(slug="older-people"))
    page = client.get("/partners/", {"group": "older-people"}).text
    assert "1 partner<" in page
    assert "Men in Sheds" in page


def test_words_follow_a_change_however_it_is_made():
    Partner.objects.filter(name="Men in Sheds").update(name="Women in Sheds")
    assert names("women") == ["Women in Sheds"]


def test_question_is_answered_from_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "partner_words" in Partner.objects.order_by().holding("carers halt").explain()

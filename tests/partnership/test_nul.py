"""A NUL, which neither the database nor a file's name can hold, is refused at every address and in every parameter."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.signed_in import sign_in
from tests.world import every_address

WORD = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)")
WITH_WORDS = sorted({re.sub(r"[\^$\\]", "", WORD.sub("a%00b", route)) for _, route, words in every_address() if words})
PARAMETERS = ("words", "q", "on", "page", "place", "board", "kind", "when", "by", "next", "receipt", "anything")


@pytest.fixture
def asking() -> Client:
    return Client(raise_request_exception=False)


def test_nul_in_any_address_is_refused(asking):
    assert len(WITH_WORDS) > 150
    found = {address: asking.get(f"/{address}").status_code for address in WITH_WORDS}
    assert {address: status for address, status in found.items() if status != 400} == {}


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_nul_in_any_parameter_is_refused_at_every_address(asking, parameter):
    for _, route, words in every_address():
        if not words:
            address = "/" + re.sub(r"[\^$\\]", "", route)
            if address in ("/healthz", "/livez"):  # these read no parameter
                continue
            assert asking.get(f"{address}?{parameter}=a%00b").status_code == 400, address
            assert asking.post(f"{address}?{parameter}=a%00b").status_code == 400, address


@pytest.mark.django_db
def test_nul_in_a_cookie_is_refused(asking):
    answer = asking.get(reverse("my_home"), headers={"cookie": 'sessionid="\\000abcdefgh"'})
    assert answer.status_code == 400
    assert "We cannot read this address" in answer.text


@pytest.mark.parametrize("address", ["/static/a%00b.css", "/a%00b", "/%00"])
def test_nul_where_no_page_is(asking, address):
    assert asking.get(address).status_code in (400, 404)


def test_text_that_only_looks_like_a_nul_is_answered(asking, db):
    assert asking.get("/search/?words=100%2500").status_code == 200


@pytest.mark.django_db
def test_nul_in_a_posted_search_or_name_is_cleaned(asking):
    board = make.BoardFactory()
    sign_in(asking, make.StaffFactory())
    answers = {"title": "Car\x00er\x85s\nof\u200b Halton", "sector": "vcfse", "nominating_partner": "No\x00 such"}
    page = asking.post(reverse("seat_new", args=[board.slug]), answers)
    assert page.status_code == 200
    assert "No partner has that name" in page.text
    assert 'value="Carer s of Halton"' in page.text

"""The frame of every page: what a browser may do with it, what a stranger sees in it, and pages that are not there."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/", "/meetings/", "/partners/", "/account/login/", "/account/signup/", "/nowhere/"]
)
def test_browser_is_told_to_run_nothing_but_ours(client, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*(\bsrc=|application/json))", response.text)
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/meetings/", "/places/", "/boards/", "/partners/", "/search/?words=place"])
def test_public_page_holds_nothing_of_whoever_asks(client, address):
    response = client.get(address)
    assert "csrfmiddlewaretoken" not in response.text
    assert not response.cookies


def test_no_page_puts_a_stop_right_behind_an_address():
    """An address that fills the line breaks where it must, and a stop behind it would stand on a line of its own."""
    behind = re.compile(r"email(\|[^}]*)? \}\}(</\w+>|\{%[^%]*%\})*[.,;:!?]")
    wrong = [
        f"{path}: {found[0]}"
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if "emails" not in path.parts
        for found in behind.finditer(path.read_text())
    ]
    assert wrong == []


def test_signed_in_person_finds_the_way_home_and_out(client):
    page = sign_in(client, make.UserFactory()).get("/partners/").text
    assert 'href="/home/"' in page
    assert "Sign out" in page
    assert "/account/login/" not in page


def test_page_that_is_not_there_says_what_to_do(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "We cannot find that page" in response.text
    assert "all meetings" in response.text


def test_page_for_another_role_says_so(client):
    response = sign_in(client, make.UserFactory()).get("/memberships/")
    assert response.status_code == 403
    assert "does not have the role" in response.text


def test_form_from_a_page_open_too_long_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "This page was open too long" in response.text


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "507.html"])
def test_pages_for_when_all_else_fails_need_nothing(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "<h1" in render_to_string(name)

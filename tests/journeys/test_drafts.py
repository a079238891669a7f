"""Nothing typed is lost: Back, a session that ends, a portal that cannot be reached, and a browser that others use too."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from partnership.drafts.models import Draft
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ADDRESS = "/jargon/new/"
MEANING = "The body that plans and pays"


@pytest.fixture
def staff():
    return make.UserFactory(is_staff=True)


def write(page, words: str) -> None:
    page.goto(ADDRESS)
    page.get_by_label("What it means").fill(words)


def test_back_shows_what_was_typed_and_signing_out_clears_it(enter, staff):
    page = enter(staff)
    write(page, MEANING)
    page.goto("/jargon/")
    page.go_back()
    assert page.get_by_label("What it means").input_value() == MEANING
    page.evaluate("localStorage.setItem('draft:/other/', '{}')")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/account/login/")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.go_back()
    assert MEANING not in page.content()
    assert not page.get_by_label("What it means").count() or page.get_by_label("What it means").input_value() == ""


@pytest.mark.parametrize("script", [True, False])
def test_answers_outlive_the_session(enter, portal, look, staff, script):
    page = enter(staff, width=320, script=script)
    write(page, MEANING)
    page.get_by_label("Word or initials").fill("Zzyzx")
    Session.objects.all().delete()
    page.locator("main button").last.click()
    expect(page.get_by_text("We kept your answers")).to_be_visible()
    _sign_in_again(page, portal, staff)
    page.goto(ADDRESS)
    expect(page.get_by_text("You have answers you did not send")).to_be_visible()
    look(page, "Add a word", script=script)
    page.get_by_role("button", name="Use these answers").click()
    assert page.get_by_label("What it means").input_value() == MEANING
    look(page, "Add a word", script=script)
    page.locator("main button").last.click()
    expect(page.get_by_text("“Zzyzx” is saved.")).to_be_visible()
    assert not Draft.objects.exists()


def test_draft_is_kept_while_writing_and_while_offline(enter, staff):
    page = enter(staff)
    write(page, MEANING)
    expect(page.get_by_text("Draft kept at")).to_be_visible()
    assert "plans" in Draft.objects.get().answers
    page.route("**/drafts/", lambda route: route.abort())
    page.get_by_label("What it means").fill("Something newer")
    expect(page.get_by_text("Your draft is kept in this browser")).to_be_visible()
    page.unroute("**/drafts/")
    loads = []
    page.on("load", lambda each: loads.append(each.url))
    page.goto(ADDRESS)
    for _ in range(200):
        if len(loads) == 2:  # what waited here was sent, and the page came again
            break
        page.wait_for_timeout(100)
    expect(page.get_by_text("You have answers you did not send")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.goto(f"{ADDRESS}?draft=yes")
    assert page.get_by_label("What it means").input_value() == "Something newer"


def test_nothing_is_kept_here_once_somebody_else_has_signed_in(enter, portal, staff):
    page = enter(staff)
    write(page, MEANING)
    _sign_in_again(page, portal, make.UserFactory())
    page.get_by_label("What it means").fill("Something newer")
    expect(page.get_by_text("We cannot keep a draft: copy your answers")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


def _sign_in_again(page, portal, person) -> None:
    session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])

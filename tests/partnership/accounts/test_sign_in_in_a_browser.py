"""Signing up and in as a person does it: at 320 px, with script and without, and with a passkey."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from partnership.outbox.models import Message
from partnership.partners.models import Membership
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def fresh_limits():
    """A code is sent to the same address once in ten seconds; each test is a day of its own."""
    cache.clear()


def code_sent_to(address: str) -> str:
    text = Message.objects.filter(to_email=address).latest("pk").text
    return re.search(r"^([A-Z0-9-]{6,})$", text, re.MULTILINE)[1]


def sign_up(page, address: str) -> None:
    page.goto("/account/login/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Ada Newcomer")
    page.get_by_label("Email address").fill(address)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm your email address")
    page.get_by_label("Code").fill(code_sent_to(address))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your organisation")


@pytest.mark.parametrize("script", [True, False])
def test_member_of_a_voluntary_group_signs_up_and_adds_the_group(open_browser, axe, script):
    make.PartnerFactory(name="Sefton Homes")
    page = open_browser(width=320, script=script)
    sign_up(page, "ada@example.org")
    page.get_by_label("Name of your organisation or group").fill("Sefton walkers")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Add your organisation or group").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Sefton walkers")
    page.get_by_label("Charity number").fill("12")
    page.get_by_role("button", name="Add it and ask to join").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    if script:
        axe(page)
    page.get_by_label("Charity number").fill("")
    page.get_by_role("button", name="Add it and ask to join").click()
    expect(page.get_by_text("You can register for open meetings meanwhile")).to_be_visible()
    assert Membership.objects.get().partner.name == "Sefton walkers"
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_person_signs_in_with_a_passkey_alone(open_browser):
    page = open_browser()
    sign_up(page, "ada@example.org")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"isUserVerified": True}})
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Also use it instead of a code or password").check()
    page.get_by_role("button", name="Add passkey").click()
    page.wait_for_url("**/account/2fa/reauthenticate/**")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/home/")

"""Registering in a browser: with an account and without, with script and without, on a phone and on a desk."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import cancellation
from assemblies.registrations.models import Registration
from partnership.outbox.models import Message
from tests.factories import MeetingFactory, MeetingPlaceFactory, MembershipFactory, PlaceFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WAYS = [(320, True), (320, False), (1280, True), (1280, False)]
SHOTS = os.environ.get("SHOTS")  # a folder for pictures of each page, for whoever wants to look


@pytest.fixture
def hybrid():
    meeting = MeetingFactory(
        title="Autumn assembly",
        slug="autumn",
        format="hybrid",
        venue_name="Runcorn Town Hall",
        venue_address="Heath Road\nRuncorn",
        joining_link="https://meet.example.org/autumn",
        joining_instructions="Please join ten minutes early.",
        capacity=60,
    )
    for name in ("Halton", "Wirral"):
        MeetingPlaceFactory(meeting=meeting, place=PlaceFactory(name=name))
    return meeting


@pytest.fixture
def look(axe):
    """Waits for the page of that title, then looks with axe, which needs script; keeps a picture when one is asked for."""

    def at(page, title: str, *, name: str, script: bool = True) -> None:
        expect(page).to_have_title(
            re.compile(rf"^{re.escape(title)}(, \w+day \d+ \w+ \d{{4}}| – [^–]+)? – Partnership portal$")
        )
        page.wait_for_load_state()
        width = page.viewport_size["width"]
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}{'' if script else '-plain'}.png", full_page=True)
        if script:
            axe(page)
        else:
            sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(sideways) <= 0

    return at


def fill(page) -> None:
    page.get_by_label("Full name").fill("Ann Archer")
    page.get_by_label("Organisation (optional)").fill("Halton Carers")
    page.get_by_label("Your place").select_option("Halton")
    page.get_by_label("In person").check()
    page.get_by_label("A language interpreter").check()


def emailed(kind: str) -> Message:
    return Message.objects.get(key__contains=f":{kind}:")


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_a_person_without_an_account_registers_changes_and_leaves(open_browser, look, hybrid, width, script):
    page = open_browser(width=width, script=script)
    page.goto("/meetings/autumn/register/")
    look(page, "Register: Autumn assembly", name="1-form", script=script)
    language, other = page.get_by_label("Which language?"), page.get_by_label("What else do you need?")
    dietary = page.get_by_label("Dietary needs")
    for box in (language, other, dietary):
        expect(box).to_be_hidden()
    fill(page)
    expect(language).to_be_visible()
    expect(other).to_be_hidden()
    expect(dietary).to_be_visible()
    page.get_by_role("button", name="Register").click()
    look(page, "Error: Register: Autumn assembly", name="2-wrong", script=script)
    summary = page.get_by_role("alert")
    expect(summary.get_by_text("Enter your email address")).to_be_visible()
    expect(summary.get_by_text("Enter the language you need an interpreter for")).to_be_visible()
    expect(page.get_by_label("Full name")).to_have_value("Ann Archer")
    page.get_by_label("Email address").fill("Ann@Example.org")
    page.get_by_label("Which language?").fill("Urdu")
    page.get_by_label("Dietary needs").fill("vegetarian")
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/check-your-email/")
    look(page, "Check your email: Autumn assembly", name="3-check", script=script)

    page.goto(re.search(r"http\S+/confirm/", emailed("confirm_address").text)[0])
    look(page, "Your registration: Autumn assembly", name="4-confirm", script=script)
    expect(page.locator("main")).to_contain_text("holding a place for you until")
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_role("heading", name="You have a place")).to_be_visible()
    look(page, "Your registration: Autumn assembly", name="5-registered", script=script)
    expect(page.get_by_role("link", name="https://meet.example.org/autumn")).to_be_visible()

    page.get_by_role("link", name="Change your answers").click()
    look(page, "Change your answers: Autumn assembly", name="6-change", script=script)
    expect(page.get_by_label("Which language?")).to_have_value("Urdu")
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name="Your answers are saved")).to_be_visible()
    assert Registration.objects.get().needs.dietary == ""

    page.get_by_role("link", name="Cancel your place").click()
    look(page, "Do you want to cancel your place?", name="7-cancel", script=script)
    page.get_by_role("button", name="Cancel my place").click()
    look(page, "Your registration: Autumn assembly", name="8-cancelled", script=script)
    expect(page.get_by_role("heading", name="You have cancelled")).to_be_visible()
    page.get_by_role("button", name="Register again").click()
    expect(page.get_by_role("heading", name="You have a place")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_member_with_an_account_registers_in_one_step(open_browser, look, hybrid, client, width):
    member = MembershipFactory(partner__name="Halton Carers", user__name="Ann Archer", role="Trustee")
    client.force_login(member.user)
    page = open_browser(width=width)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}]
    )
    page.goto("/meetings/autumn/register/")
    look(page, "Register: Autumn assembly", name="a1-form-signed-in")
    expect(page.get_by_label("Organisation (optional)")).to_have_value("Halton Carers")
    page.get_by_label("Your place").select_option("Wirral")
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", name="You have a place")).to_be_visible()
    look(page, "Your registration: Autumn assembly", name="a2-registered-signed-in")


@pytest.mark.parametrize("width", [320, 1280])
def test_waiting_being_offered_and_taking_a_place(open_browser, look, hybrid, sign_up, width):
    Meeting.objects.update(capacity=1)
    ann, bob = sign_up(hybrid, "ann", attendance="online"), sign_up(hybrid, "bob", attendance="online")
    page = open_browser(width=width)
    page.goto("/meetings/autumn/register/")
    look(page, "Register: Autumn assembly", name="b1-full")
    page.goto(bob.get_absolute_url())
    expect(page.get_by_role("heading", name="You are number 1 on the waiting list")).to_be_visible()
    look(page, "Your registration: Autumn assembly", name="b2-waiting")
    cancellation.cancel(registration=ann)
    page.goto(re.search(r"http\S+/offer/", emailed("place_offered").text)[0])
    look(page, "Your registration: Autumn assembly", name="b3-offered")
    Registration.objects.filter(pk=bob.pk).update(offered_until=timezone.now())
    page.get_by_role("button", name="Take the place").click()
    expect(page.get_by_role("alert").get_by_text("The offer ended on")).to_be_visible()
    look(page, "Your registration: Autumn assembly", name="b4-too-late")
    page.get_by_role("button", name="Register again").click()
    expect(page.get_by_role("heading", name="You have a place")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_wrong_link_and_a_closed_registration_say_what_to_do(open_browser, look, hybrid, width):
    page = open_browser(width=width)
    page.goto("/r/nonsense/")
    look(page, "This link does not work", name="c1-wrong-link")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_role("button", name="Send me my links").click()
    look(page, "Check your email", name="c2-links-sent")
    Meeting.objects.update(state="cancelled")
    page.goto("/meetings/autumn/register/")
    look(page, "You cannot register now: Autumn assembly", name="c3-closed")
    expect(page.get_by_text("has been cancelled")).to_be_visible()

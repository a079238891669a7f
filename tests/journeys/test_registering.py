"""Registering: a member of the public without an account, somebody new with a group of their own, and two tabs at once."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from assemblies.registrations.models import Registration
from partnership.accounts.models import User
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WAYS = [pytest.param(320, True, id="phone"), pytest.param(1280, False, id="desktop-without-script")]


@pytest.fixture
def meeting():
    meeting = factories.MeetingFactory(
        title="September assembly", slug="september", format="hybrid", venue_name="Town Hall",
        joining_link="https://meet.example.org/secret",
    )  # fmt: skip
    factories.MeetingPlaceFactory(meeting=meeting, place__name="Halton")
    return meeting


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_member_of_the_public_registers_changes_and_cancels(*, enter, look, post, meeting, width, script):
    page = enter(None, width=width, script=script)
    page.goto("/meetings/september/")
    page.get_by_role("button", name="Register").first.click()
    page.get_by_role("button", name="Register").click()
    look(page, "Error: Register: September assembly", script=script, name="register-nothing-given")
    expect(page.get_by_role("alert")).to_contain_text("Enter your full name")
    page.get_by_label("Full name").fill("Ann Able")
    page.get_by_label("Email address").fill("Ann@Example.org ")
    page.get_by_label("Your place").select_option("Halton")
    if script:
        expect(page.get_by_label("Dietary needs"), "asked only of those who come in person").to_be_hidden()
    page.get_by_label("In person").check()
    page.get_by_label("Dietary needs").fill("Halal")
    page.get_by_label("A language interpreter").check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the language you need an interpreter for")
    look(page, "Error: Register: September assembly", script=script, name="register-language-missing")
    expect(page.get_by_label("Dietary needs")).to_have_value("Halal")
    page.get_by_label("Which language?").fill("Polish")
    page.get_by_role("button", name="Register").click()
    look(page, "Check your email: September assembly", script=script, name="register-check")
    assert "https://meet.example.org/secret" not in post()[-1].text, "no joining link before the address is confirmed"
    page.goto(next(link for link in post()[-1].links if link.endswith("/confirm/")))
    look(page, "Your registration: September assembly", script=script, name="register-confirm")
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.locator("main")).to_contain_text("You have a place")
    look(page, "Your registration: September assembly", script=script, name="register-registered")
    mail = post()[-1]
    assert "METHOD:REQUEST" in mail.calendar
    page.goto(next(link for link in mail.links if link.endswith("/change/")))
    look(page, "Change your answers: September assembly", script=script, name="register-change")
    expect(page.get_by_label("Which language?")).to_have_value("Polish")
    page.get_by_label("Full name").fill("Ann Archer")
    page.get_by_role("button", name="Save").click()
    look(page, "Your registration: September assembly", script=script, name="register-changed")
    expect(page.locator("main")).to_contain_text("Ann Archer")
    page.goto(next(link for link in mail.links if link.endswith("/cancel/")))
    look(page, "Do you want to cancel your place?", script=script, name="register-cancel")
    page.get_by_role("button", name="Cancel my place").click()
    look(page, "Your registration: September assembly", script=script, name="register-cancelled")
    assert "METHOD:CANCEL" in post()[-1].calendar
    assert Registration.objects.get().state == "cancelled"


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_someone_new_signs_up_adds_a_group_registers_and_is_accepted(*, enter, look, post, meeting, width, script):
    cache.clear()  # what was tried in other tests counts towards the limits of signing up
    page = enter(None, width=width, script=script)
    page.goto("/account/login/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_role("button", name="Create account").click()
    look(page, "Error: Create an account", script=script, name="sign-up-nothing-given")
    page.get_by_label("Your name").fill("Em Fox")
    page.get_by_label("Email address").fill("em@example.org")
    page.get_by_role("button", name="Create account").click()
    look(page, "Confirm your email address", script=script, name="sign-up-code")
    page.get_by_label("Code").fill(re.search(r"^([A-Z0-9-]{6,})\s*$", post()[-1].text, re.MULTILINE)[1])
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of your organisation or group").fill("Widnes Walkers")
    page.get_by_role("button", name="Search").click()
    look(page, "Your organisation", script=script, name="organisation-not-found")
    page.get_by_role("link", name="Add your organisation or group").click()
    look(page, "Add your organisation", script=script, name="organisation-new")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Widnes Walkers")
    page.get_by_label("Your role there").fill("Trustee")
    page.get_by_role("button", name="Add it and ask to join").click()
    look(page, "Your organisation", script=script, name="organisation-asked")
    page.goto("/meetings/september/register/")
    look(page, "Register: September assembly", script=script, name="register-signed-in")
    expect(page.get_by_label("Full name")).to_have_value("Em Fox")
    page.get_by_label("Your place").select_option("Halton")
    page.get_by_label("Online", exact=True).check()
    page.get_by_role("button", name="Register").click()
    expect(page.locator("main")).to_contain_text("You have a place")
    look(page, "Your registration: September assembly", script=script, name="registered-signed-in")

    staff = enter(factories.StaffFactory(), width=width, script=script)
    staff.goto("/home/")
    look(staff, "Home", script=script, name="staff-home-membership")
    staff.goto("/memberships/")
    look(staff, "Memberships", script=script, name="memberships")
    staff.get_by_role("button", name="Accept Em Fox").click()
    expect(staff.locator("main")).to_contain_text("Em Fox belongs to Widnes Walkers.")
    look(staff, "Memberships", script=script, name="membership-accepted")
    assert any("You now belong to Widnes Walkers" in mail.subject for mail in post() if mail.to == ["em@example.org"])
    page.goto("/home/")
    look(page, "Home", script=script, name="member-home")
    expect(page.locator("main")).to_contain_text("September assembly")
    assert User.objects.get(email="em@example.org").memberships.get().state == "accepted"


def test_two_tabs_submitted_at_once_register_once(enter, meeting):
    member = factories.UserFactory(name="Em Fox", email="em@example.org")
    first = enter(member)
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto("/meetings/september/register/")
        tab.get_by_label("Your place").select_option("Halton")
        tab.get_by_label("Online", exact=True).check()
    click = "document.querySelector('main form [type=submit], main form button').click()"
    for tab in (first, second):
        tab.evaluate(f"setTimeout(() => {{ {click}; {click} }}, 0)")
    for tab in (first, second):
        expect(tab.get_by_text("You have a place").first).to_be_visible()
    assert Registration.objects.filter(meeting=meeting, state="registered").count() == 1


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_second_of_two_staff_is_shown_what_the_first_changed(enter, look, meeting, width, script):
    pages = [enter(factories.StaffFactory(), width=width, script=script) for _ in range(2)]
    for page in pages:
        page.goto("/meetings/september/manage/edit/venue/")
    early, late = pages
    early.get_by_label("Venue (optional)", exact=True).fill("Library")
    early.get_by_role("button", name="Save").click()
    expect(early.locator("main")).to_contain_text("Venue and access: saved.")
    late.get_by_label("Venue (optional)", exact=True).fill("Guildhall")
    late.get_by_role("button", name="Save").click()
    expect(late.get_by_role("heading", name="There is a problem")).to_be_visible()
    look(late, "Error: Venue and access – September assembly", script=script, name="stale-edit")
    row = late.get_by_role("row", name=re.compile("Venue"))
    expect(row.get_by_role("cell")).to_have_text(["Library", "Guildhall"])
    meeting.refresh_from_db()
    assert meeting.venue_name == "Library"
    late.get_by_role("button", name="Save").click()
    expect(late.locator("main")).to_contain_text("Venue and access: saved.")
    meeting.refresh_from_db()
    assert meeting.venue_name == "Guildhall"

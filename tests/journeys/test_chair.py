"""The chair: signs in with a code and a second factor, sees which agenda is due, publishes it; a late one with a reason."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.papers.actions import agenda
from assemblies.papers.models import AgendaVersion
from tests import factories
from tests.authenticator import code_in_the_app

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def secret() -> str:
    cache.clear()  # what was tried in other tests counts towards the limits of sign-in
    return totp.generate_totp_secret()


@pytest.fixture
def meetings(secret):
    """One agenda due in three weeks, one whose last day is over."""
    chair = factories.UserFactory(name="Alan Yates", email="alan@example.org", second_factor=False)
    chair.emailaddress_set.create(email=chair.email, verified=True, primary=True)
    totp.TOTP.activate(chair, secret)
    board = factories.BoardFactory(name="Partnership Board", clear_days=5)
    factories.ChairFactory(seat__board=board, holder=chair)
    factories.InterestsReturnFactory(person=chair)
    early = factories.MeetingFactory(board=board, title="September assembly", slug="september")
    late = factories.MeetingFactory(
        board=board, title="Extra meeting", slug="extra", kind="board", starts_at=timezone.now() + timedelta(days=2)
    )
    for meeting in (early, late):
        agenda.write_item(
            meeting=meeting, by=None, item=None, title="What has to happen now", purpose="discussion",
            presenter="Alan Yates", documents=[], starts_at=meeting.starts_at,
        )  # fmt: skip
    return early, late


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_chair_signs_in_and_publishes_in_time_and_late(*, enter, look, post, secret, meetings, width, script):
    page = enter(None, width=width, script=script)
    page.goto("/")
    page.get_by_role("link", name="Sign in", exact=True).first.click()
    look(page, "Sign in", script=script, name="sign-in")
    page.get_by_label("Email address").first.fill("alan@example.org")
    page.get_by_role("button", name="Email me a code").click()
    look(page, "Enter your sign-in code", script=script, name="sign-in-code")
    code = re.search(r"^([A-Z0-9-]{6,})\s*$", post()[-1].text, re.MULTILINE)[1]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue").click()
    look(page, "Second step", script=script, name="sign-in-second-factor")
    page.get_by_label("Code from your app").fill(code_in_the_app(secret))
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What needs you now")
    look(page, "Home", script=script, name="chair-home")
    needs = page.locator("main li").get_by_role("heading", level=2)
    expect(needs).to_have_text(
        [
            re.compile("^Publish the agenda for Extra meeting, "),
            re.compile("^Publish the agenda for September assembly, "),
        ]
    )
    page.get_by_role("link", name="Publish the agenda for September assembly").click()
    expect(page.locator("main")).to_contain_text("Publish it by 5pm on")
    page.get_by_role("button", name="Continue to publish").click()
    look(page, "Before you publish the agenda – September assembly", script=script, name="chair-publish")
    page.get_by_role("button", name="Publish the agenda").click()
    look(page, "Agenda – September assembly", script=script, name="chair-published")

    page.goto("/home/")
    page.get_by_role("link", name="Publish the agenda for Extra meeting").click()
    page.get_by_role("button", name="Continue to publish").click()
    page.get_by_role("button", name="Publish the agenda").click()
    look(page, "Error: Before you publish the agenda – Extra meeting", script=script, name="chair-late-refused")
    expect(page.get_by_role("alert")).to_contain_text("Say why this is urgent and cannot wait")
    assert not AgendaVersion.objects.filter(meeting__slug="extra", state="published").exists()
    page.get_by_label("Why it is urgent").fill("The minister visits on Monday.")
    page.get_by_role("button", name="Publish the agenda").click()
    expect(page.locator("main")).to_contain_text("Version 1 of the agenda is published.")

    visitor = enter(None, width=width, script=script)
    visitor.goto("/meetings/extra/")
    look(visitor, "Extra meeting", script=script, name="late-in-public")
    expect(visitor.locator("main")).to_contain_text("Published late, because: The minister visits on Monday.")
    visitor.goto("/meetings/september/")
    look(visitor, "September assembly", script=script, name="in-time-in-public")
    expect(visitor.get_by_role("heading", name="Item 1: What has to happen now")).to_be_visible()
    expect(visitor.locator("main")).not_to_contain_text("Published late")

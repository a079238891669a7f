"""The place lead's journey in a browser: from an empty list to one signed off, on a desktop and a phone, script on and off."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.lists.models import InvitationList, ListTarget
from partnership.outbox.models import Message
from tests.factories import (
    InvitationListFactory,
    ListEntryFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    PartnerFactory,
    PlaceFactory,
    PlaceLeadFactory,
    RegistrationFactory,
    StaffFactory,
)
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WAYS = [
    pytest.param(1280, True, id="desktop"),
    pytest.param(320, True, id="phone"),
    pytest.param(320, False, id="phone-without-script"),
]
FILE = """Invitees for the assembly
Name;E-mail address;Organisation;Job title
Ann Hill; ANN@X.org;Halton Borough Council;Officer
Bo Lee; Cy Ng;bo@x.org; cy@x.org;Halton Larder;Trustee
Ann Hill;ann@x.org;;
Di Oh;di.x.org;Healthwatch Halton;Chair
""".replace("Bo Lee; Cy Ng;bo@x.org; cy@x.org", '"Bo Lee; Cy Ng";"bo@x.org; cy@x.org"').encode("cp1252")


@pytest.fixture
def listed():
    place = PlaceFactory(name="Halton", slug="halton")
    PlaceLeadFactory(place=place, user__name="Lena Lead", user__email="lena@example.org")
    meeting = MeetingFactory(title="September assembly", slug="september")
    MeetingPlaceFactory(meeting=meeting, place=place)
    due = timezone.localdate() + timedelta(days=4)
    listed = InvitationListFactory(meeting=meeting, place=place, state=InvitationList.State.OPEN, due_on=due)
    for sector, percent in {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}.items():
        ListTarget.objects.create(list=listed, sector=sector, percent=percent)
    larder = PartnerFactory(name="Halton Larder")
    place.partners.add(larder)
    MembershipFactory(partner=larder, user__name="Em Fox", role="Trustee")
    before = MeetingFactory(board=meeting.board, starts_at=timezone.now() - timedelta(days=90), state="held")
    RegistrationFactory(meeting=before, place=place, name="Gil Roe", email="gil@x.org", state="attended")
    return listed


def enter(page, portal: str, person) -> None:
    client = sign_in(Client(), person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": portal}])


def says(page, words: str) -> None:
    """Waits until the page says the words."""
    expect(page.locator("main")).to_contain_text(words)


@pytest.fixture
def look(axe):
    """Checks the page with axe, which needs script; keeps a picture when PICTURES names a folder."""

    def seen(page, name: str, heading: str, *, script: bool) -> None:
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        if script:
            axe(page)
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sideways <= 0, f"{page.url} is {sideways} px wider than its window"
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)

    return seen


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_lead_draws_up_the_list_and_signs_it_off(*, open_browser, look, listed, portal, width, script):
    page = open_browser(width=width, script=script)
    enter(page, portal, listed.place.leads.get().user)
    page.goto("/meetings/september/manage/lists/halton/")
    look(page, "list-empty", "Invitation list of Halton", script=script)
    page.get_by_role("link", name="from a file").click()
    page.get_by_role("button", name="Read the file").click()
    says(page, "Choose a file")
    look(page, "import-nothing-chosen", "Add people from a file", script=script)
    page.get_by_label("CSV or Excel file").set_input_files(
        {"name": "halton.csv", "mimeType": "text/csv", "buffer": FILE}
    )
    page.get_by_role("button", name="Read the file").click()
    look(page, "preview", "Check what we read in halton.csv", script=script)
    page.get_by_text("Correct row 6").click()
    page.get_by_label("Email address").fill("di@x")
    page.get_by_role("button", name="Save row 6").click()
    says(page, "needs a dot")
    look(page, "preview-fixing", "Check what we read", script=script)
    page.get_by_label("Email address").fill("di@x.org")
    page.get_by_role("button", name="Save row 6").click()
    says(page, "Row 6: Di Oh will be added.")
    look(page, "preview-fixed", "Check what we read", script=script)
    page.get_by_role("button", name="Add 4 people to the list").click()
    says(page, "Added 4 people to the list from halton.csv.")
    look(page, "list", "Invitation list of Halton", script=script)

    page.get_by_role("link", name="from the directory").click()
    look(page, "directory", "Add people from the directory", script=script)
    page.get_by_label("Em Fox").check()
    page.get_by_role("button", name="Add the selected people").click()
    says(page, "Added 1 person to the list.")
    page.get_by_role("link", name="from last time").click()
    look(page, "last-time", "Add people from last time", script=script)
    page.get_by_label("Gil Roe").check()
    page.get_by_role("button", name="Add the selected people").click()
    says(page, "Added 1 person to the list.")
    page.get_by_role("link", name="Add a person").click()
    look(page, "add", "Add a person", script=script)
    page.get_by_label("Full name").fill("Hal Iqbal")
    page.get_by_label("Email address").fill("hal@x.org")
    page.get_by_role("button", name="Add to the list").click()
    says(page, "Hal Iqbal is on the list.")
    page.get_by_role("link", name="Hal Iqbal").click()
    look(page, "entry", "Hal Iqbal", script=script)
    page.get_by_role("link", name="Remove Hal Iqbal from the list").click()
    look(page, "remove", "Remove Hal Iqbal from the list?", script=script)
    page.get_by_role("button", name="Remove from the list").click()
    says(page, "Hal Iqbal has been removed from the list.")

    page.get_by_role("link", name="Sign off the list").click()
    look(page, "sign-off", "Sign off the list of Halton?", script=script)
    page.get_by_role("button", name="Sign off 6 people").click()
    says(page, "Signed off by Lena Lead")
    look(page, "list-signed-off", "Invitation list of Halton", script=script)
    listed.refresh_from_db()
    assert (listed.state, listed.entries.count()) == ("signed_off", 6)


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_staff_see_who_has_not_signed_off_and_chase_them(*, open_browser, look, listed, portal, width, script):
    for n in range(3):
        ListEntryFactory(list=listed, name=f"Person {n}", organisation="Halton Larder", kind="vcfse")
    InvitationListFactory(meeting=listed.meeting, place=PlaceFactory(name="Wirral"))
    page = open_browser(width=width, script=script)
    enter(page, portal, StaffFactory())
    page.goto("/meetings/september/manage/lists/")
    look(page, "overview", "Invitation lists", script=script)
    page.get_by_role("link", name="Set the target mix").click()
    page.get_by_label("NHS, per cent").fill("90")
    page.get_by_role("button", name="Save the mix").click()
    says(page, "The shares add up to 160%")
    look(page, "mix-wrong", "Target mix", script=script)
    page.get_by_label("NHS, per cent").fill("30")
    page.get_by_role("button", name="Save the mix").click()
    says(page, "The mix of all 2 lists is saved.")
    page.get_by_role("link", name="Chase lists not signed off").click()
    look(page, "chase", "Chase lists not signed off", script=script)
    page.get_by_role("button", name="Email 1 place lead").click()
    says(page, "We are emailing 1 place lead.")
    look(page, "overview-chased", "Invitation lists", script=script)
    assert Message.objects.get().to_email == listed.place.leads.get().user.email

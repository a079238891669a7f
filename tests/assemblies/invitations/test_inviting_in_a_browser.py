"""Staff invite, follow and chase, and a person answers, as a browser shows it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.invitations.actions import invitation_run
from assemblies.organising.actions import reminder_rule
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from tests.factories import (
    InvitationFactory,
    InvitationListFactory,
    ListEntryFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    StaffFactory,
)
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def meeting():
    meeting = MeetingFactory(
        title="Partnership Assembly, September",
        joining_link="https://meet.example.org/secret",
        joining_instructions="Open the link ten minutes early.",
        letter="Dear all,\n\nI hope that you can join us for **one morning** about our places.",
        letter_from="Alan Yates, chair",
        registration_closes_at=timezone.now() + timedelta(days=20),
        published_at=timezone.now() - timedelta(days=1),
    )
    for name, state in (("Halton", "signed_off"), ("Wirral", "signed_off"), ("Sefton", "open")):
        place = MeetingPlaceFactory(meeting=meeting, place__name=name).place
        listed = InvitationListFactory(meeting=meeting, place=place, state=state)
        ListEntryFactory(list=listed, name="Ann Able", email="ann@example.org", organisation="Larder")
        ListEntryFactory(list=listed, name=f"Bo of {name}", email=f"bo@{name.lower()}.example.org")
    reminder_rule.set_default_rules(meeting=meeting)
    return meeting


@pytest.fixture
def office(open_browser, portal):
    """Makes a browser page on which staff are signed in."""

    def enter(staff, **window):
        page = open_browser(**window)
        client = Client()
        sign_in(client, staff)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
        return page

    return enter


@pytest.mark.parametrize("script", [True, False])
def test_staff_preview_test_send_follow_and_chase(office, meeting, smtp, script):
    staff = StaffFactory(email="office@example.org")
    page = office(staff, script=script)
    smtp.refuse("bo@wirral", "550 5.1.1 No such person here")

    page.goto(f"/meetings/{meeting.slug}/manage/invitations/")
    expect(page.get_by_text("Not signed off yet")).to_be_visible()
    page.get_by_role("button", name="Check the message and invite 3 people").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="You are invited to Partnership Assembly")).to_be_visible()
    assert frame.locator("a.button").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(0, 112, 60)"
    page.get_by_role("button", name="Send a test to myself").press("Enter")  # a click may still land in the frame above
    expect(page.get_by_text("A test to office@example.org is on its way.")).to_be_visible()
    deliver.deliver()
    assert [mail.to for mail in smtp.messages] == [["office@example.org"]]

    page.get_by_role("button", name="Continue to send to 3 people").press("Enter")
    expect(page.get_by_role("heading", name="Send invitations to 3 people?")).to_be_visible()
    page.get_by_role("button", name="Send to 3 people").click()
    expect(page.get_by_text("0 messages of 3 sent.")).to_be_visible()
    invitation_run.resume()
    deliver.deliver()
    if not script:
        page.reload()
    expect(page.get_by_text("2 messages of 3 sent, 1 could not be delivered.")).to_be_visible()
    expect(page.get_by_role("heading", name="Invitations sent", level=1)).to_be_visible()
    expect(page).to_have_title(re.compile("^Invitations sent"))

    page.get_by_role("link", name="See each person").click()
    expect(page.get_by_text("No such person here")).to_be_visible()
    expect(page.get_by_text("On the lists of Halton, Sefton, Wirral")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Correct the address")).click()
    page.get_by_label("Email address").fill("bo@right.example.org")
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("The invitation to bo@right.example.org is on its way.")).to_be_visible()
    deliver.deliver()
    assert smtp.to("bo@right.example.org")

    page.goto(f"/meetings/{meeting.slug}/manage/invitations/")
    page.get_by_role("link", name="Ask them again").click()
    expect(page.get_by_text("3 people we emailed within the last day are left out.")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("Also ask 3 people")).check()
    page.get_by_role("button", name="Ask them now").click()
    expect(page).to_have_url(re.compile(r"/invitations/runs/\d+/$"))
    invitation_run.resume()
    deliver.deliver()
    assert Message.objects.filter(key__contains=":chase:", state="sent").count() == 3


@pytest.mark.parametrize("script", [True, False])
def test_invited_person_declines_and_comes_after_all(open_browser, meeting, script):
    invited = InvitationFactory(meeting=meeting, email="ann@example.org", name="Ann Able")
    page = open_browser(script=script)
    page.goto(f"/i/{invited.key}/")
    page.get_by_role("button", name="No, decline").click()
    page.get_by_role("button", name="I cannot come").click()
    expect(page.get_by_text("You declined.")).to_be_visible()
    page.get_by_role("button", name="Accept after all").click()
    expect(page.get_by_label("Full name")).to_have_value("Ann Able")
    invited.refresh_from_db()
    assert invited.declined_at

"""The manage pages as staff and the chair meet them: at both widths, with script and without, and what axe says."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda
from assemblies.papers.models import ProgrammeVersion
from tests import factories
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def as_person(open_browser, settings):
    """Opens a browser in which the person is signed in: `as_person(user, width=320)`."""

    def make(person, **kwargs):
        client = sign_in(Client(), person)
        page = open_browser(**kwargs)
        page.goto("/healthz")
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        page.context.add_cookies([cookie | {"url": page.url}])
        return page

    return make


@pytest.fixture
def meeting():
    """Published, with something on every manage page."""
    board = factories.BoardFactory(name="Partnership Board")
    meeting = factories.MeetingFactory(
        board=board, title="September assembly", slug="september", format="hybrid", venue_name="Town Hall",
        joining_link="https://meet.example.org/a", capacity=50,
    )  # fmt: skip
    factories.MeetingPlaceFactory(
        meeting=meeting, place__name="Halton", place__slug="halton", introduction="Two towns", seats=5,
        introduction_at=timezone.now(), introduction_by=factories.UserFactory(name="Sam Okafor"),
    )  # fmt: skip
    factories.MeetingPlaceFactory(meeting=meeting, place__name="Wirral", place__slug="wirral")
    factories.RegistrationFactory(meeting=meeting)
    factories.InvitationFactory(meeting=meeting)
    factories.SessionFactory(version__meeting=meeting, version__number=1, title="Welcome", speakers="Alan Yates")
    draft = factories.ProgrammeVersionFactory(meeting=meeting, number=2, state="draft", released_at=None)
    factories.SessionFactory(version=draft, title="Welcome and how the day works")
    factories.SessionFactory(version=draft, title="What places need")
    paper = factories.DocumentFactory(meeting=meeting, kind="paper", title="Topics parked for later", released_at=None)
    factories.DocumentFactory(meeting=meeting, title="The chair’s slides", uploaded_by=factories.StaffFactory())
    for title in ("Welcome and apologies", "What has to happen now to make places work at their best"):
        agenda.write_item(
            meeting=meeting, by=None, item=None, title=title, purpose="discussion", presenter="Alan Yates",
            documents=[paper], starts_at=meeting.starts_at,
        )  # fmt: skip
    return meeting


@pytest.mark.parametrize("script", [True, False])
def test_staff_draw_up_publish_and_move_a_meeting(as_person, axe, script):
    factories.BoardFactory(name="Partnership Board")
    factories.PlaceFactory(name="Halton")
    page = as_person(factories.StaffFactory(), script=script)
    page.goto("/meetings/new/")
    page.get_by_role("button", name="Create the meeting").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page) if script else None
    page.get_by_label("Title").first.fill("October assembly")
    page.get_by_label("Assembly", exact=True).check()
    page.get_by_label("Host board").select_option("Partnership Board")
    for name, day in (("starts_at", 30), ("ends_at", 30)):
        page.locator(f"[name={name}_day]").fill(f"{factories.in_days(day):%d/%m/%Y}")
        page.locator(f"[name={name}_clock]").fill("9.30am" if name == "starts_at" else "12.30pm")
    page.get_by_label("Online", exact=True).check()
    page.get_by_role("button", name="Create the meeting").click()
    expect(page.get_by_text("is a draft. Nobody else sees it")).to_be_visible()
    expect(page.get_by_text("You have done 2 of 6.")).to_be_visible()
    axe(page) if script else None
    rest = [
        ("Title and what it is about", lambda: page.get_by_label("What it is about").fill("One question.")),
        ("Joining online", lambda: page.get_by_label("Joining link").fill("https://meet.example.org/a")),
        ("Places that take part", lambda: page.get_by_label("Halton", exact=True).check()),
        ("Question for discussion", lambda: page.get_by_label("Question for discussion").fill("What now?")),
    ]
    for part, answer in rest:
        page.get_by_role("link", name=part).last.click()
        expect(page.get_by_role("heading", name=part, level=1)).to_be_visible()
        answer()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"{part}: saved.")).to_be_visible()
    expect(page.get_by_text("You have done 6 of 6.")).to_be_visible()
    page.get_by_role("link", name="Publish the meeting").last.click()
    page.get_by_role("button", name="Publish the meeting").click()
    expect(page.get_by_text("The meeting is published.")).to_be_visible()
    page.get_by_role("link", name="Programme").click()
    page.locator("[name=row-0-starts]").fill("9.30am")
    page.locator("[name=row-0-ends]").fill("10am")
    page.locator("[name=row-0-title]").fill("Welcome")
    page.get_by_role("button", name="Save and continue to release").click()
    page.get_by_role("button", name="Release the programme").click()
    expect(page.get_by_text("Version 1 of the programme is released.")).to_be_visible()
    page.goto(f"/meetings/{Meeting.objects.get().slug}/manage/move/")
    page.locator("[name=starts_at_day]").fill(f"{factories.in_days(37):%d/%m/%Y}")
    page.locator("[name=ends_at_day]").fill(f"{factories.in_days(37):%d/%m/%Y}")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("We will not email anybody")).to_be_visible()
    axe(page) if script else None
    page.get_by_role("button", name="Move the meeting", exact=True).click()
    expect(page.get_by_text("The meeting has been moved.")).to_be_visible()
    meeting = Meeting.objects.get()
    assert meeting.starts_at == factories.in_days(37)
    assert ProgrammeVersion.objects.get().sessions.get().starts_at == meeting.starts_at


@pytest.mark.parametrize("script", [True, False])
def test_chair_publishes_the_agenda(as_person, meeting, script):
    page = as_person(factories.ChairFactory(seat__board=meeting.board).holder, script=script)
    page.goto("/meetings/september/manage/")
    page.get_by_role("link", name="Agenda").last.click()
    page.get_by_role("button", name="Continue to publish").click()
    page.get_by_role("button", name="Publish the agenda").click()
    expect(page.get_by_text("Version 1 of the agenda is published.")).to_be_visible()
    page.goto("/meetings/september/")
    expect(page.get_by_text("What has to happen now to make places work at their best").first).to_be_visible()
    expect(page.get_by_role("link", name="Topics parked for later").first).to_be_visible()

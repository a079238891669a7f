"""The public pages as people meet them: at both widths, with script and without, and what axe says of them."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Follower
from assemblies.registrations.models import ExitAnswer
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def meeting():
    board = factories.BoardFactory(name="Partnership Board")
    meeting = factories.MeetingFactory(
        board=board, title="September assembly", slug="september", letter="Dear all", letter_from="Alan Yates",
        discussion_question="What has to happen now?", format="hybrid", venue_name="Town Hall",
        venue_address="1 High Street", venue_access="There is a **lift**.", answers_open_at=timezone.now(),
    )  # fmt: skip
    place = factories.MeetingPlaceFactory(meeting=meeting, place__name="Halton", introduction="Two towns").place
    factories.MeetingMoveFactory(meeting=meeting, reason="Room flooded")
    factories.SessionFactory(version__meeting=meeting, version__number=2, title="Welcome", speakers="Alan Yates")
    for number in (1, 2):
        item = factories.AgendaItemFactory(
            version__meeting=meeting, version__number=number, title="Priorities", version__urgent_reason="News came in"
        )
        item.documents.add(factories.DocumentFactory(meeting=meeting, kind="paper", title="A paper"))
    question = factories.ExitQuestionFactory(meeting=meeting)
    ExitAnswer.objects.create(question=question, place=place, text="Open our doors")
    return meeting


@pytest.mark.parametrize("script", [True, False])
def test_visitor_reads_about_a_meeting_and_follows_it(open_browser, axe, meeting, script):
    page = open_browser(script=script)
    page.goto("/meetings/")
    page.get_by_label("Kind of meeting").select_option("Assembly")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="September assembly").click()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Agenda").click()
    expect(page).to_have_url(re.compile("#agenda$"))
    page.get_by_role("link", name="Follow this meeting").click()
    page.get_by_role("button", name="Follow this meeting").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Your email address").fill("sam@example.org")
    page.get_by_role("button", name="Follow this meeting").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    page.goto(f"/meetings/september/follow/{Follower.objects.get().key}/")
    page.get_by_role("button", name="Yes, follow this meeting").click()
    expect(page.get_by_role("heading", name=re.compile("You follow"))).to_be_visible()
    page.get_by_role("button", name="Stop following").click()
    expect(page.get_by_role("heading", name=re.compile("You no longer follow"))).to_be_visible()
    assert not Follower.objects.exists()


def test_page_of_a_meeting_prints_without_its_frame(open_browser, meeting):
    page = open_browser()
    page.goto(meeting.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Programme")).to_be_visible()
    expect(page.get_by_role("navigation", name="On this page")).to_be_hidden()
    expect(page.get_by_role("link", name="Follow this meeting")).to_be_hidden()

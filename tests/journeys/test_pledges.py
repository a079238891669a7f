"""Somebody answers the exit questions on a phone and is asked about their pledge 30 days on; a partner accepts an ask."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Meeting
from assemblies.pledges.actions import reminder
from assemblies.pledges.models import Ask, Pledge
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def ann():
    """Somebody at an assembly that ended an hour ago."""
    ended = timezone.now() - timedelta(hours=1)
    meeting = make.MeetingFactory(
        title="September assembly",
        slug="september",
        kind="assembly",
        starts_at=ended - timedelta(hours=3),
        ends_at=ended,
    )
    halton = make.MeetingPlaceFactory(meeting=meeting, place__name="Halton", place__slug="halton").place
    make.ExitQuestionFactory(meeting=meeting, text="What I will do for my Place is…")
    make.ExitQuestionFactory(meeting=meeting, kind="need", text="What I need from other partners is…", position=1)
    return make.RegistrationFactory(
        meeting=meeting, name="Ann Able", email="ann@example.org", place=halton, organisation="Halton Larder"
    )


def month_later() -> None:
    """The meeting was 31 days ago."""
    Meeting.objects.update(
        starts_at=timezone.now() - timedelta(days=31, hours=3), ends_at=timezone.now() - timedelta(days=31)
    )


def test_pledge_from_the_door_to_the_next_assembly(*, enter, look, post, ann):
    member = make.MembershipFactory(partner__name="Halton Council").user
    page = enter(None, width=320)
    page.goto(ann.answers_url)
    look(page, "Before you go: September assembly", name="1-questions")
    page.get_by_label("What I will do for my Place is…").fill("Open our hall on Mondays")
    page.get_by_label("What I need from other partners is…").fill("A van that can take a wheelchair")
    page.get_by_label("Which partner do you ask?").select_option("Halton Council")
    page.get_by_role("button", name="Send my answers").click()
    look(page, "Error: Before you go: September assembly", name="2-not-said-who")
    expect(page.get_by_label("What I will do for my Place is…")).to_have_value("Open our hall on Mondays")
    page.get_by_label("My name and my organisation").check()
    page.get_by_role("button", name="Send my answers").click()
    look(page, "Thank you: September assembly", name="3-thanks")

    reminder.tell_partners(timezone.now() + timedelta(minutes=16))
    assert [message.to for message in post()] == [[member.email]]
    ask, inside = Ask.objects.get(), enter(member, width=1280)
    inside.goto("/home/")
    inside.get_by_role("link", name=re.compile("^Halton Council is asked: A van")).click()
    look(inside, str(ask), name="4-ask")
    inside.get_by_role("button", name="Accept it").click()
    look(inside, f"Accept this: {ask}", name="5-accept")
    inside.get_by_label("In your words").fill("Ours is free on Tuesdays")
    inside.get_by_role("button", name="Accept it").click()
    look(inside, str(ask), name="6-accepted")
    assert "Ours is free on Tuesdays" in post()[-1].text

    month_later()
    reminder.ask_owners()
    link = re.search(r"http\S+/pledges/yours/\S+", post()[-1].text)
    assert link
    page.goto("/pledges/yours/" + link[0].rsplit("/yours/")[1])
    look(page, "Your pledge", name="7-how-it-goes")
    page.get_by_label("I have kept it").check()
    page.get_by_label("In a sentence or two").fill("Forty people came last Monday")
    page.get_by_role("button", name="Send").click()
    look(page, "Your pledge", name="8-said")

    pledge = Pledge.objects.get()
    make.MeetingFactory(title="Next assembly", slug="next", kind="assembly", board=pledge.meeting.board)
    page.goto("/meetings/next/")
    look(page, "Next assembly", name="9-next")
    expect(page.locator("main")).to_contain_text("What happened next")
    page.get_by_role("link", name=re.compile("^Open our hall on Mondays")).click()
    look(page, str(pledge), name="10-pledge")
    expect(page.locator("main")).to_contain_text("Ann Able, Halton Larder")
    expect(page.locator("main")).to_contain_text("Forty people came last Monday")
    page.goto("/pledges/")
    look(page, "Pledges", name="11-pledges")
    page.goto("/asks/")
    look(page, "Asks", name="12-asks")
    page.goto(member.memberships.get().partner.get_absolute_url() + "pledges/")
    look(page, "Pledges and asks: Halton Council", name="13-partner")

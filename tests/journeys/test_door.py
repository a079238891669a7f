"""Staff on the day, and what people answer at the end: on a phone, and without script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def today():
    """An assembly that began ten minutes ago, with two people expected and two questions for the end."""
    meeting = factories.MeetingFactory(
        title="September assembly", slug="september", starts_at=timezone.now() - timedelta(minutes=10),
        published_at=timezone.now() - timedelta(days=30), format="in_person", venue_name="Town hall",
    )  # fmt: skip
    halton = factories.MeetingPlaceFactory(meeting=meeting, place__name="Halton", place__slug="halton").place
    factories.RegistrationFactory(meeting=meeting, name="Ann Able", email="ann@example.org", place=halton)
    factories.RegistrationFactory(meeting=meeting, name="Bo Lee", email="bo@example.org", organisation="Halton Larder")
    factories.ExitQuestionFactory(meeting=meeting)
    factories.ExitQuestionFactory(meeting=meeting, kind="need", text="What I need from other partners is…", position=1)
    return meeting


@pytest.mark.parametrize(("width", "script"), [(320, True), (1280, False)])
def test_staff_check_people_in_and_people_answer_at_the_end(enter, look, today, width, script):
    page = enter(factories.StaffFactory(), width=width, script=script)
    page.goto("/meetings/september/manage/")
    look(page, "Manage September assembly", script=script, name="door-overview")
    page.get_by_role("link", name="Check people in").click()
    look(page, "Check people in", script=script, name="door")
    page.get_by_label("Name, organisation or email address").fill("larder")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("button", name="Check in")).to_have_count(1)
    page.get_by_role("button", name="Check in Bo Lee").click()
    expect(page.locator("main")).to_contain_text("Bo Lee is checked in.")
    look(page, "Check people in", script=script, name="door-checked-in")
    page.get_by_role("button", name="Undo check-in of Bo Lee").click()
    expect(page.locator("main")).to_contain_text("0 of 2 people checked in")
    page.get_by_role("button", name="Check in Ann Able").click()
    expect(page.locator("main")).to_contain_text("Ann Able is checked in.")
    page.get_by_label("Name, organisation or email address").fill("Gil Roe")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("Gil"))
    look(page, "Check people in", script=script, name="door-nobody")
    page.get_by_role("link", name="Add a walk-in").click()
    page.get_by_label("Full name").fill("Gil Roe")
    page.get_by_role("button", name="Check them in").click()
    look(page, "Error: Add a walk-in", script=script, name="door-walk-in-wrong")
    expect(page.get_by_label("Full name")).to_have_value("Gil Roe")
    page.get_by_label("Email address").fill("gil@example.org")
    page.get_by_label("Place").select_option("Halton")
    page.get_by_role("button", name="Check them in").click()
    expect(page.locator("main")).to_contain_text("Gil Roe is checked in.")
    page.goto("/meetings/september/manage/answers/")
    look(page, "Exit questions", script=script, name="door-answers-closed")
    page.get_by_role("button", name="Open the questions now").click()
    expect(page.locator("main")).to_contain_text("The questions are open.")

    ann = enter(None, width=width, script=script)
    ann.goto(f"/r/{today.registrations.get(name='Ann Able').key}/")
    look(ann, "Your registration: September assembly", script=script, name="attended")
    ann.get_by_role("link", name="Answer the questions at the end").click()
    look(ann, "Before you go: September assembly", script=script, name="answers-asked")
    ann.get_by_label("Neither").check()
    ann.get_by_role("button", name="Send my answers").click()
    look(ann, "Error: Before you go: September assembly", script=script, name="answers-empty")
    expect(ann.get_by_role("alert")).to_contain_text("Answer at least one question, in a few words")
    ann.get_by_label("What I will do for my place is…").fill("Open our doors on Mondays")
    ann.get_by_role("button", name="Send my answers").click()
    expect(ann.locator("main")).to_contain_text("We have saved your answers for Halton")
    look(ann, "Thank you: September assembly", script=script, name="answers-sent")
    page.reload()
    look(page, "Exit questions", script=script, name="door-answers")
    expect(page.locator("main")).to_contain_text("1 person has answered")
    expect(page.locator("main")).to_contain_text("Open our doors on Mondays")
    expect(page.get_by_role("heading", name="Halton")).to_be_visible()
    ann.goto("/meetings/september/answers/")
    look(ann, "What people answered: September assembly", script=script, name="answers-in-public")
    expect(ann.locator("main")).to_contain_text("Open our doors on Mondays")
    expect(ann.locator("main")).not_to_contain_text("Ann Able")

"""A member votes in a browser, on a phone and without script, and finds the vote by its receipt once it is published."""

import re

import pytest
from django.conf import settings
from django.test import Client

from partnership.elections.actions import election as actions
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def signed_in(page, portal, user):
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
    return page


@pytest.mark.parametrize("script", [True, False])
def test_member_votes_and_checks_the_receipt(open_browser, portal, axe, script):
    from playwright.sync_api import expect  # only where there is a browser

    world = election_of(candidates=3, state="voting")
    page = signed_in(open_browser(width=320, script=script), portal, world.people[0])
    look = axe if script else lambda page: None
    page.goto("/home/")
    page.get_by_role("link", name=re.compile(f"^Vote in {world.election}")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Vote: {world.election.title}")
    look(page)

    page.get_by_label("Candidate 2").select_option("1")
    page.get_by_label("Candidate 1").select_option("1")
    page.get_by_role("button", name="Continue").click()
    expect(
        page.get_by_role(
            "link", name="You made Candidate 2 your 1st choice too: give each candidate a different choice"
        )
    ).to_be_visible()
    expect(page.get_by_label("Candidate 2")).to_have_value("1")
    look(page)

    page.get_by_label("Candidate 1").select_option("2")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your vote")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Change this vote").click()
    expect(page.get_by_label("Candidate 1")).to_have_value("2")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Cast this vote").click()
    expect(page.get_by_role("heading", name="Your vote is cast")).to_be_visible()
    look(page)
    receipt = page.locator(".portal-receipt").text_content()
    if script:  # without it, the browser offers to send the vote again, which shows the receipt again
        page.reload()
        expect(page.locator(".portal-receipt")).to_have_text(receipt)
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{world.voters[0].partner} has voted")

    actions.publish(election=world.close_voting(), by=make.StaffFactory())
    page.goto(f"{world.election.get_absolute_url()}votes/")
    page.get_by_label("Your receipt").fill(receipt.lower().replace("-", " "))
    page.get_by_role("button", name="Find my vote").click()
    expect(page.get_by_role("heading", name=f"The vote {receipt} is in the list")).to_be_visible()
    expect(page.get_by_role("status").get_by_role("listitem")).to_have_text(["Candidate 2", "Candidate 1"])
    look(page)


def test_vote_whose_first_try_is_lost_is_sent_all_the_same(phone, portal):
    from playwright.sync_api import expect  # only where there is a browser

    world = election_of(candidates=3, state="voting")
    page = signed_in(phone, portal, world.people[0])
    page.route("**/vote/**", lambda route, asked: route.abort() if asked.resource_type == "fetch" else route.fallback())
    page.goto(f"{world.election.get_absolute_url()}vote/{world.voters[0].partner.slug}/")
    page.get_by_label("Candidate 2").select_option("1")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Cast this vote").click()
    expect(page.get_by_role("heading", name="Your vote is cast")).to_be_visible()
    receipt = page.locator(".portal-receipt").text_content()
    assert [ballot.receipt for ballot in world.close_voting().ballots.all()] == [receipt]

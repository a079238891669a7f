"""A resident finds what was decided and what followed; an officer records a decision of their own."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.decisions.models import Decision
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_resident_finds_a_decision_and_what_followed(enter, look):
    meeting = make.MeetingUnderWayFactory(title="Board in public", slug="board-in-public", kind="board")
    item = make.AgendaItemFactory(version__meeting=meeting, title="Warm spaces", purpose="decision")
    decision = make.DecisionFactory(board=meeting.board, meeting=meeting, item=item, title="Warm spaces this winter")
    make.DoneFollowUpFactory(meeting=meeting, item=item, decision=decision, text="Open the library on Sundays")

    page = enter(None, width=320)
    page.goto("/")
    page.get_by_role("link", name="See all decisions").click()
    look(page, "Decisions", name="decisions")
    page.get_by_label("Words").first.fill("warm")
    page.get_by_role("button", name=re.compile("Search|Show|Find")).first.click()
    page.get_by_role("link", name="Warm spaces this winter").first.click()
    look(page, f"Warm spaces this winter: Decision {decision.pk}", name="decision")
    expect(page.locator("main")).to_contain_text("Open the library on Sundays")
    page.get_by_role("link", name=re.compile("Open the library on Sundays")).click()
    expect(page.locator("main")).to_contain_text("Done on")


def test_officer_records_a_decision(enter, look):
    membership = make.MembershipFactory(part="officer", officer_since=timezone.now(), partner__name="Southwark Council")
    page = enter(membership.user, width=320)
    page.goto("/decisions/")
    page.get_by_role("button", name="Record an officer’s decision").click()
    look(page, "Record an officer’s decision", name="decision-new")
    page.get_by_label("Your post").fill("Director of place")
    page.get_by_label("Organisation the decision was made for").select_option("Southwark Council")
    page.get_by_label("What it is about").fill("A lease for the warm space")
    page.get_by_label("What was decided").fill("The lease is taken for one year.")
    page.get_by_label("Reasons for the decision").fill("It was the nearest hall with a ramp.")
    page.get_by_label("Options considered").fill("None.")
    page.get_by_label("The scheme of delegation allows it").check()
    page.get_by_label("It awards a contract").check()
    page.get_by_label("Everybody", exact=True).check()
    page.get_by_role("button", name="Record this decision").click()
    decision = Decision.objects.get()
    look(page, f"A lease for the warm space: Decision {decision.pk}", name="decision-of-an-officer")
    assert (decision.officer, decision.recorded_by) == (membership.user, membership.user)
    visitor = enter(None)
    visitor.goto("/decisions/")
    expect(visitor.get_by_role("link", name="A lease for the warm space")).to_be_visible()

"""An officer and a colleague have one organisation's page open: the second sees what differs, and decides."""

import pytest
from playwright.sync_api import expect

from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, True), (320, False)])
def test_second_to_save_sees_what_differs_and_saves_over_it(enter, look, width, script):
    partner = make.PartnerFactory(name="Halton Homes", slug="halton-homes")
    first, second = make.MembershipFactory.create_batch(2, partner=partner, part="officer")
    mine, theirs = enter(second.user, width=width, script=script), enter(first.user)
    for page, words in ((mine, "Homes for all of us. " * 20), (theirs, "Warm homes. " * 20)):
        page.goto("/partners/halton-homes/edit/")
        page.get_by_label("What it does").fill(words)
    theirs.get_by_role("button", name="Save this page").click()
    expect(theirs).to_have_title("Halton Homes – Partnership portal")
    mine.get_by_role("button", name="Save this page").click()
    look(mine, "Error: Change Halton Homes", script=script, name=f"second-editor-{width}-{script}")
    expect(mine.get_by_text(f"{first.user} changed this on")).to_be_visible()
    row = mine.get_by_role("row", name="What it does")
    expect(row).to_contain_text("Warm homes.")
    expect(row).to_contain_text("Homes for all of us.")
    mine.get_by_role("button", name="Save this page").click()
    expect(mine.locator("main")).to_contain_text("Homes for all of us.")
    expect(mine).to_have_title("Halton Homes – Partnership portal")

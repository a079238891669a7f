"""Using a keyboard: a link past the header, a visible focus, and an error summary that links to each error."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none";
}"""


def test_keyboard_skips_the_header_and_its_focus_shows(open_browser, axe):
    build()
    page = open_browser()
    page.goto("/partners/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    page.goto("/partners/")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # the last of the page: the focus goes back to the browser
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")


def test_every_form_that_is_sent_empty_moves_to_what_is_wrong(open_browser, portal, axe):
    world = build()
    page = open_browser(width=320)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": world.sessions["staff"], "url": portal}])
    for address in ("/partners/new/", "/boards/new/", "/places/new/", "/places/first-place/leads/new/"):
        page.goto(address)
        page.locator("main form[method=post] button").last.click()
        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        axe(page)
        link = page.locator(".govuk-error-summary__list a").first
        target = link.get_attribute("href")
        link.click()
        expect(page.locator(target)).to_be_focused()

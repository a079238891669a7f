"""Every page of the portal, as the first role that may open it: axe finds nothing at 320 px, and nothing is too wide.

Beside it, what a keyboard meets: a way past the header, a focus that shows, and an error summary that leads to the
fault. Tests of single pages run axe at desktop width too.
"""

import pytest
from django.conf import settings

from tests.test_urls_by_role import ADDRESSES, EXPECTED
from tests.world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOT_PAGES = (".ics", ".pdf", ".csv", ".xlsx", "download/")
NOT_OURS = {"healthz", "document", "inbox_message_html", "mfa_login_webauthn"}
READERS = ("anonymous", "staff", "chair", "place_lead", "member")
NARROW, WIDE = {"width": 320, "height": 900}, {"width": 1280, "height": 900}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none";
}"""


def pages_of(world, role: str) -> list[str]:
    """Addresses of pages that this role is the first to be given."""
    found = []
    for name, route, named in ADDRESSES:
        method, expected = EXPECTED[name]
        first = next((reader for reader in READERS if expected[reader] == 200), None)
        address = world.address(name, route, named)
        if method == "get" and first == role and name not in NOT_OURS and not address.endswith(NOT_PAGES):
            found.append(address)
    return found


@pytest.mark.parametrize("role", READERS)
def test_axe_finds_nothing_on_any_page(open_browser, portal, axe, role):
    world = build()
    page = open_browser()
    if role in world.sessions:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": world.sessions[role], "url": portal}
        page.context.add_cookies([cookie])
    wrong = []
    addresses = pages_of(world, role)
    for address in addresses:
        page.set_viewport_size(NARROW)
        status = page.goto(address, wait_until="domcontentloaded").status
        assert status == 200, (address, status)
        try:
            axe(page)
        except AssertionError as error:
            wrong.append(str(error))
        page.set_viewport_size(WIDE)
        if page.evaluate(SIDEWAYS) > 0:
            wrong.append(f"{address} is wider than a desktop window")
    assert wrong == []
    assert addresses or role == "place_lead"


def test_keyboard_skips_the_header_and_its_focus_shows(open_browser, axe):
    build()
    page = open_browser()
    page.goto("/partners/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
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
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
        axe(page)
        link = page.locator(".govuk-error-summary__list a").first
        target = link.get_attribute("href")
        link.click()
        assert page.evaluate("document.activeElement.id") == target.removeprefix("#")

"""What people see of parts that pages share: a button that looks like one, a table that fits a phone."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# How much an edge or a ground of the button differs from the box it stands in: WCAG 1.4.11 asks for 3.
CONTRAST = """button => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(each => each / 255)
    .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
  const seen = (style, name) => /, 0\\)$/.test(style[name]) ? null : light(style[name]);
  const style = getComputedStyle(button);
  const box = light(getComputedStyle(button.closest(".portal-search")).backgroundColor);
  const ratio = each => each === null ? 1 : (Math.max(each, box) + 0.05) / (Math.min(each, box) + 0.05);
  return Math.max(ratio(seen(style, "backgroundColor")), ratio(seen(style, "borderTopColor")));
}"""


@pytest.fixture
def list_page(phone, portal):
    """The page of an invitation list, as staff see it on a phone."""
    entry = make.ListEntryFactory(kind="council")
    make.MeetingPlaceFactory(meeting=entry.list.meeting, place=entry.list.place)
    client = Client()
    client.force_login(make.StaffFactory())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
    phone.goto(reverse("manage_list", args=[entry.list.meeting.slug, entry.list.place.slug]))
    return phone


def test_search_button_stands_out_from_its_grey_box(list_page, axe):
    assert list_page.get_by_role("button", name="Search").evaluate(CONTRAST) >= 3
    axe(list_page)


def test_share_of_a_sector_has_room_on_a_phone(list_page):
    rows = list_page.get_by_role("table").get_by_role("row")
    assert rows.nth(1).get_by_role("cell").last.bounding_box()["width"] > 200
    assert rows.nth(0).get_by_role("columnheader").count() == 3


def test_shares_of_seats_stay_within_the_page_on_a_phone(phone, axe):
    phone.goto(reverse("representation"))
    table = phone.locator(".portal-shares").first
    page, box = phone.locator("h1").bounding_box(), table.bounding_box()
    assert box["x"] + box["width"] <= page["x"] + page["width"]
    axe(phone)

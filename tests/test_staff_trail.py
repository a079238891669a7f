"""The breadcrumbs and captions of the pages that staff work on: back the way they came, and which meeting it is."""

import re

import pytest

from tests.world import World, build, every_address

pytestmark = pytest.mark.django_db
CRUMB = re.compile(r'<a class="govuk-breadcrumbs__link" href="([^"]+)">')


@pytest.fixture
def world() -> World:
    return build()


def managing(area: str) -> list[tuple[str, str, frozenset[str]]]:
    found = [each for each in every_address() if re.match(rf"\^?{area}/.*/manage/.", each[1])]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("area", ["meetings", "elections", "posts"])
def test_page_that_manages_leads_back_to_manage(world, area):
    staff, skipped = world.client("staff"), []
    for name, route, named in managing(area):
        response = staff.get(world.address(name, route, named))
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        if "<nav" not in page:
            continue
        public, crumbs = world.address(name, route, named).partition("manage/")[0], CRUMB.findall(page)
        if not {public, f"{public}manage/"} <= set(crumbs):
            skipped.append((name, crumbs))
    assert skipped == []


def test_page_of_a_meeting_says_which_meeting_above_its_heading(world):
    staff, silent = world.client("staff"), []
    caption = re.compile(r'govuk-caption-l">[^<]+, [A-Z][a-z]+day \d{1,2} [A-Z][a-z]+ \d{4}</span>')
    for name, route, named in managing("meetings"):
        page = staff.get(world.address(name, route, named))
        if page.status_code == 200 and b"breadcrumbs" in page.content and not caption.search(page.content.decode()):
            silent.append(name)
    assert silent == []

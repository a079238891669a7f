"""A page with an empty list says once what to do next: the box that says so offers no link that the page has already."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from partnership.boards.models import InductionStep
from tests import factories as make
from tests.test_urls_by_role import ADDRESSES
from tests.urls_by_role import EXPECTED

pytestmark = pytest.mark.django_db

BOX = re.compile(r'<div class="portal-empty">.*?</div>', re.DOTALL)
LINK = re.compile(r'<a [^>]*href="([^"]+)"')
TABS = re.compile(r"<nav .*?</nav>", re.DOTALL)  # they lead to every part of a page, also to where a box leads


def offered_twice(page: str) -> list[str]:
    main = page.partition("<main")[2].partition("</main>")[0]
    beside = LINK.findall(TABS.sub("", BOX.sub("", main)))
    in_boxes = [link for box in BOX.findall(main) for link in LINK.findall(box)]
    return [link for link in in_boxes if link in beside or in_boxes.count(link) > 1]


def test_no_page_of_a_new_portal_offers_a_link_twice(client):
    client.force_login(make.StaffFactory())
    InductionStep.objects.all().delete()  # a new portal comes with some
    meeting = make.MeetingFactory(state="draft")
    listed = make.InvitationListFactory(meeting=meeting, state="open")
    make.MeetingPlaceFactory(meeting=meeting, place=listed.place)
    arguments = {("slug",): [meeting.slug], ("slug", "place"): [meeting.slug, listed.place.slug]}
    pages = {}
    for name, route, _ in ADDRESSES:
        words = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))
        if EXPECTED[name][0] == "get" and (not words or (words in arguments and route.startswith("meetings/"))):
            pages[name] = reverse(name, args=arguments.get(words, []))
    pages["a day without boards"] = f"{reverse('board_structure')}?{urlencode({'on': '1999-01-01'})}"
    boxes, wrong = 0, {}
    for name, address in pages.items():
        page = client.get(address)
        if page.status_code == 200 and "html" in page["Content-Type"] and not page.streaming:
            boxes += 'class="portal-empty"' in page.text
            wrong |= {name: twice} if (twice := offered_twice(page.text)) else {}
    assert wrong == {}
    assert boxes > 20, "few empty lists were seen"


def test_home_with_nothing_to_do_offers_no_link_twice(client):
    make.MeetingFactory()
    client.force_login(make.MembershipFactory().user)
    home = client.get(reverse("my_home")).text
    assert "Nothing needs you now." in home
    assert offered_twice(home) == []

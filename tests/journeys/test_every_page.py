"""Every page, as each role that has one of its own meets it: in a browser, on a phone and on a desktop."""

from collections import defaultdict

import pytest

from tests.journeys.furnished import furnish
from tests.test_urls_by_role import ADDRESSES, EXPECTED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LOOKING = ("anonymous", "member", "place_lead", "chair", "staff")
NOT_A_PAGE = {  # files, feeds, and the mail that is shown inside a page
    "board_calendar", "board_terms_document", "calendar", "document", "healthz", "manage_attendance_sheet",
    "manage_badges", "manage_export", "manage_invitations_message", "manage_reminder_message", "meeting_calendar",
    "place_calendar", "registration_calendar",
}  # fmt: skip
SAME_PAGE = {
    "mfa_reauthenticate",
    "register_invited",
    "registration_confirm",
    "registration_offer",
    "registration_return",
}  # at two addresses


def pages_of(role: str, world) -> dict[str, str]:
    """Addresses, with their names, at which the role is the one to look: what anybody sees is looked at signed out."""
    found = {}
    for name, route, named in ADDRESSES:
        method, expected = EXPECTED[name]
        seen_by = [each for each in LOOKING if expected[each] == 200]
        if method != "get" or name in NOT_A_PAGE or role not in seen_by:
            continue
        alike = seen_by == list(LOOKING[1:]) and name != "my_home"  # one's account looks the same for all who have one
        if role == "anonymous" or ("anonymous" not in seen_by and not (alike and role != "member")):
            found[world.address(name, route, named)] = name
    return found


@pytest.mark.parametrize("role", LOOKING)
def test_every_page_suits_everybody_who_opens_it(enter, faults, role):
    world, more = furnish()
    own, titles, wrong = pages_of(role, world), defaultdict(set), []
    page = enter(world.people.get(role), width=320)
    for address in dict.fromkeys([*own, *more[role]]):
        page.set_viewport_size({"width": 320, "height": 900})
        answer = page.goto(address)
        refused = answer.status in (404, 410) and address not in own
        assert refused or answer.status == 200, f"{role} gets {answer.status} from {address}"
        assert role == "anonymous" or "/account/login/" not in page.url, f"{role} is sent to sign in from {address}"
        found = [each for each in faults(page, name=f"{role}-{address}") if not (refused and "status of 4" in each)]
        page.set_viewport_size({"width": 1280, "height": 900})
        found += faults(page, name=f"{role}-{address}", with_axe=False)
        wrong += [f"{address}: {each}" for each in found]
        if address in own and own[address] not in SAME_PAGE:
            titles[page.title()].add(address)
    wrong += [f"“{title}” is the title of {sorted(urls)}" for title, urls in titles.items() if len(urls) > 1]
    wrong += [f"{urls} has no title of its own" for title, urls in titles.items() if title == "Partnership portal"]
    assert wrong == [], "\n" + "\n".join(wrong)

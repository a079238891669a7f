"""Every page of the demonstration, visited once by each role that sees one of its own.

A visit checks all that every page must have: its status, a title of its own, headings in order, nothing that axe finds,
nothing wider than a phone, words and controls that fit there and on a desktop, and no more than `QUERIES` queries.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.urls import Resolver404, resolve
from pytest_django.live_server_helper import LiveServer

from tests.conftest import AXE
from tests.test_urls_by_role import ADDRESSES
from tests.urls_by_role import EXPECTED

pytestmark = pytest.mark.slow

LOOKING = ("anonymous", "member", "place_lead", "chair", "staff")
NOT_A_PAGE = {  # files, feeds, and the email that is shown inside a page
    "application_cv", "post_outline",
    "board_calendar", "board_terms_document", "calendar", "decision_background", "decision_excerpt", "decisions_feed",
    "decisions_table", "document",
    "follow_up_file", "healthz", "livez", "minutes_pdf", "minutes_pdf_of_board", "minutes_version_pdf",
    "manage_attendance_sheet", "manage_badges", "manage_export", "manage_invitations_message", "manage_reminder_message",
    "meeting_calendar", "pack",
    "pack_members", "paper_import_file", "partners_export", "past_paper", "place_calendar", "registration_calendar",
    "report_appendix_file", "report_word", "representation_file", "security_txt",
}  # fmt: skip
SAME_PAGE = {
    "mfa_reauthenticate",
    "register_invited",
    "registration_confirm",
    "registration_later_answers",
    "registration_offer",
    "registration_return",
}  # at two addresses
# What script changes on a page; a button it only guards against a second click.
SCRIPTED = "main [data-module]:not([data-module=govuk-button]), .portal-only-script, #progress"


QUERIES = 25  # a page that asks more asks once for each of its rows
# each app once or twice; the draft beside what is out, what is planned and what stops it; each table that moves once;
# the agenda, its earlier versions, seats, papers withheld and the register beside the record
MORE_QUERIES = {
    "my_home": 52, "manage": 27, "manage_agenda": 28, "manage_agenda_publish": 37, "meeting": 33, "partner_merge": 32,
    "place": 27, "record": 27,
}  # fmt: skip


def name_of(address: str) -> str | None:
    """Which page it is, by the name of its address; None where there is no such page."""
    try:
        return resolve(address.partition("?")[0]).url_name
    except Resolver404:
        return None


def count_queries(get_response):
    """Middleware that says in a header how many queries the answer took."""

    def answer(request):
        asked = 0

        def count(execute, *how):
            nonlocal asked
            asked += 1
            return execute(*how)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response["X-Queries"] = asked
        return response

    return answer


@pytest.fixture(scope="module")
def portal(demonstration) -> Iterator[str]:
    """The address of the portal as it shows the demonstration; not `live_server`, which empties its database."""
    with override_settings(MIDDLEWARE=[f"{__name__}.count_queries", *settings.MIDDLEWARE]):
        server = LiveServer("localhost")
    with override_settings(PORTAL_URL=server.url, CSRF_TRUSTED_ORIGINS=[server.url]):
        yield server.url
    server.stop()


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


PARTS = {"anonymous": 2, "staff": 4}  # so many pages that they are looked at side by side


@pytest.mark.parametrize(("role", "part"), [(role, part) for role in LOOKING for part in range(PARTS.get(role, 1))])
def test_every_page_suits_everyone_who_opens_it(demonstration, enter, faults, role, part):
    world, more = demonstration.world, demonstration.more
    own, titles, wrong = pages_of(role, world), defaultdict(set), []
    page, plain = (enter(world.people.get(role), width=320) for _ in range(2))
    page.context.add_init_script(path=AXE)  # there before the page: quicker than handed over page by page
    plain.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    for address in list(dict.fromkeys([*own, *more[role]]))[part :: PARTS.get(role, 1)]:
        page.set_viewport_size({"width": 320, "height": 900})
        answer = page.goto(address)
        refused = answer.status in (404, 410) and address not in own
        assert refused or answer.status == 200, f"{role} gets {answer.status} from {address}"
        assert role == "anonymous" or "/account/login/" not in page.url, f"{role} is sent to sign in from {address}"
        found = [each for each in faults(page, name=f"{role}-{address}") if not (refused and "status of 4" in each)]
        queries, allowed = int(answer.headers["x-queries"]), MORE_QUERIES.get(name_of(address), QUERIES)
        found += [f"{queries} queries, {allowed} are allowed"] if queries > allowed else []
        page.set_viewport_size({"width": 1280, "height": 900})
        found += [f"on a desktop, {each}" for each in faults(page, name=f"{role}-{address}", with_axe=False)]
        if page.locator(SCRIPTED).count():
            plain.goto(address)
            without = faults(plain, name=f"{role}-{address}-plain", with_axe=False)
            found += [f"without script, {each}" for each in without]
        wrong += [f"{address}: {each}" for each in found]
        if address in own and own[address] not in SAME_PAGE:
            titles[page.title()].add(address)
    wrong += [f"“{title}” is the title of {sorted(urls)}" for title, urls in titles.items() if len(urls) > 1]
    wrong += [f"{urls} has no title of its own" for title, urls in titles.items() if title == "Partnership portal"]
    assert wrong == [], "\n" + "\n".join(wrong)

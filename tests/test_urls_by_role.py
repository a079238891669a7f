"""Every address × every role: what each gets. A new address without a row in `urls_by_role` fails."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse

from assemblies.organising.forms.meeting_sections import SECTIONS
from partnership.about.texts import cookies
from partnership.ui.forms import LONG
from tests.urls_by_role import EXPECTED, PARTS
from tests.world import ROLES, World, every_address

MARK = 'form="draft-form"'  # of a form that keeps a draft of what is typed in it
IN_CONFIDENCE = ("application", "post_declare")  # they show, beside such a form, who applied for a post
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
QUESTION = re.compile(r'id="div_id_')

ADDRESSES = every_address()


OUTSIDE = ("anonymous", "member", "other_member", "other_place_lead", "other_chair")  # no part in the draft meeting
SHARES = 4  # more than two thousand requests, which several can share


def test_every_address_has_a_name_and_a_row():
    assert [route for name, route, _ in ADDRESSES if not name] == []
    assert sorted({name for name, _, _ in ADDRESSES} - set(EXPECTED)) == [], "addresses without a row in `urls_by_role`"
    assert sorted(set(EXPECTED) - {name for name, _, _ in ADDRESSES}) == [], "rows of addresses that are gone"


def test_rows_are_in_the_order_of_the_alphabet():
    assert [list(part) for part in PARTS] == [sorted(part) for part in PARTS]
    assert sum(map(len, PARTS)) == len(EXPECTED), "an address has two rows"


def answers(world, address: str, method: str, roles=ROLES) -> dict[str, HttpResponse]:
    """What each of the roles gets; nothing it writes is kept."""
    found = {}
    for role in roles:
        with transaction.atomic():
            found[role] = getattr(world.client(role), method)(address)
            transaction.set_rollback(True)
    return found


def got(world, address: str, method: str, roles=ROLES) -> dict[str, int]:
    """The status that each of the roles gets."""
    return {role: answer.status_code for role, answer in answers(world, address, method, roles).items()}


def kept_wrongly(name: str, words: frozenset[str], found: dict[str, HttpResponse]) -> list[str]:
    """Answers that browsers or proxies may keep although they are personal, or may not keep although they are not."""
    wrong = []
    for role, answer in found.items():
        said = answer.headers.get("Cache-Control", "nothing")
        may_be_kept = not words & {"key", "secret", "uidb36"} and name not in IN_CONFIDENCE
        if role != "anonymous" and may_be_kept and keeps_a_draft(answer):
            right = {"private, no-cache"}  # Back shows what was typed, as a draft does
        elif role != "anonymous" or words & {"key", "secret", "uidb36"}:
            right = {"private, no-store"}
        elif name.startswith(("account_", "mfa_", "inbox", "sign_in_as")):  # some of them say more, and may
            right = {"private, no-store", "private, no-cache"}
        else:
            right = {"private, no-cache", "no-cache"}
        if said not in right and name not in ("healthz", "livez"):  # answered before, and never kept
            wrong.append(f"{name}: for {role}, Cache-Control says {said}")
    return wrong


def cookies_of(found: dict[str, HttpResponse]) -> set[str]:
    return {name for answer in found.values() for name in answer.cookies}


def keeps_a_draft(answer: HttpResponse) -> bool:
    return not answer.streaming and MARK.encode() in answer.content


def lacks_a_draft(name: str, found: dict[str, HttpResponse]) -> list[str]:
    """Long forms of people who are signed in that keep no draft, and those that keep one and must not."""
    wrong = []
    for role, answer in found.items():
        if role == "anonymous" or answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        sent = (form for form in FORM.findall(answer.text) if 'method="get"' not in form and "readonly" not in form)
        forms = [form for form in sent if "data-entry" not in form]  # what waits at a meeting, its own script keeps
        is_long = any("<textarea" in form or len(QUESTION.findall(form)) >= LONG for form in forms)
        if keeps_a_draft(answer) != is_long:
            wrong.append(f"{name}: {role} sees a form that keeps {'a' if keeps_a_draft(answer) else 'no'} draft")
    return wrong


@pytest.fixture
def world(demonstration) -> World:
    return demonstration.world


@pytest.mark.parametrize("part", range(SHARES))
def test_every_address_gives_each_role_what_the_table_says(world, part):
    wrong, listed = [], {each.name for each in cookies()}
    for name, route, named in ADDRESSES[part::SHARES]:
        method, expected = EXPECTED[name]
        answered = answers(world, world.address(name, route, named), method)
        wrong += kept_wrongly(name, named, answered) + lacks_a_draft(name, answered)
        wrong += [
            f"{name} sets {cookie}, which is not on the page of cookies" for cookie in cookies_of(answered) - listed
        ]
        found = {role: answer.status_code for role, answer in answered.items()}
        if name == "healthz":  # 503 where no worker runs beside the tests: also an answer, and the same for everyone
            found = {role: 200 if status == 503 else status for role, status in found.items()}
        wrong += [
            f"{name}: {role} gets {found[role]}, the table says {expected[role]}"
            for role in ROLES
            if found[role] != expected[role]
        ]
    assert wrong == []


@pytest.mark.parametrize("part", range(SHARES))
def test_every_address_that_takes_get_takes_head(world, part):
    wrong = []
    for name, route, named in ADDRESSES[part::SHARES]:
        method, expected = EXPECTED[name]
        role = next((role for role in ROLES if expected[role] == 200), "staff")
        address = world.address(name, route, named)
        with transaction.atomic():
            answer = world.client(role).head(address)
            transaction.set_rollback(True)
        wanted = 405 if method == "post" else got(world, address, "get", [role])[role]
        body = answer.getvalue()
        if answer.status_code != wanted or body:
            wrong.append(f"{name}: {answer.status_code} instead of {wanted}, with {len(body)} bytes")
    assert wrong == []


def test_parts_of_a_meeting_are_for_staff_and_the_letter_for_chairs(world):
    expected = EXPECTED["manage_edit"][1]
    slug = world.words["meetings"]["slug"]
    for part in SECTIONS:
        also = {"chair": 200} if part == "letter" else {}
        assert got(world, f"/meetings/{slug}/manage/edit/{part}/", "get") == expected | also, part


def test_draft_meeting_is_hidden_from_people_without_a_part_in_it(world):
    wrong = []
    of_a_meeting = [each for each in ADDRESSES if each[1].lstrip("^").startswith(("meetings/<slug", "meetings/(?P"))]
    for name, route, named in of_a_meeting:
        found = got(world, world.address(name, route, named, slug="draft"), EXPECTED[name][0], OUTSIDE)
        allowed = {"anonymous": (302, 404)}  # 302 leads to sign-in, whether the meeting exists or not
        wrong += [
            f"{name}: {role} gets {status}" for role, status in found.items() if status not in allowed.get(role, (404,))
        ]
    assert len(of_a_meeting) > 10
    assert wrong == []

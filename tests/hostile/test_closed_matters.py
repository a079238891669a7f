"""What is closed to the public is nowhere: every address, as every outsider, emails, the search; and everywhere once released."""

import pytest
from django.urls import reverse

from assemblies.closures.actions import closure as closures
from assemblies.papers.actions import meeting_pack
from assemblies.papers.models import PaperOpening
from assemblies.past_papers.actions import past_paper
from partnership.outbox.models import Message
from tests import factories as make
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import made, text
from tests.hostile.closed_world import MARKER, OUTSIDERS, SAFE, SEARCH, ClosedWorld, build
from tests.signed_in import sign_in
from tests.world import ROLES, every_address

pytestmark = pytest.mark.django_db

KINDS = {"Topics", "Agenda items", "Documents", "Reports", "Past papers"}
OTHERS = tuple(role for role in ROLES if role not in ("chair", "staff"))
NOT_WALKED = ("account_logout",)  # the session is used again


@pytest.fixture
def closed(settings, tmp_path) -> ClosedWorld:
    settings.MEDIA_ROOT = tmp_path
    return build()


def said(answer) -> str:
    """All that an answer says, its headers and the name of its file too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (body + str(answer.headers).encode()).decode(errors="replace").lower()


def kinds_found(browser) -> set[str]:
    return {group.kind for group in browser.get(SEARCH).context["groups"]}


def addresses(closed: ClosedWorld) -> list[str]:
    """Every address of the portal, as the table of roles fills it in, and again about what is closed."""
    found = {}
    for name, route, named in every_address():
        if name in NOT_WALKED or not name:
            continue
        found[closed.world.address(name, route, named)] = None
        for instead in closed.in_its_place().get(route.split("/", 1)[0].lstrip("^"), []):
            words = {word: value for word, value in instead.items() if word in named}
            if words:
                found[closed.world.address(name, route, named, **words)] = None
    return list(found)


def visible(closed: ClosedWorld, role: str) -> list[str]:
    browser = closed.world.client(role)
    return [address for address in addresses(closed) if MARKER in said(browser.get(address))]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_marker_is_nowhere_for_an_outsider(closed, role):
    assert visible(closed, role) == []


def test_public_packs_hold_nothing_of_it_until_it_is_released(closed):
    made(closed.meeting)
    for pack in closed.packs:
        assert MARKER not in text(pack.file_for(members=False)).lower()
        assert MARKER in text(pack.file_for(members=True)).lower()
        for role in OTHERS:
            assert closed.world.client(role).get(pack.members_url).status_code == 404, role
    for closure in closed.closures:
        closures.release(closure=closure, by=closed.world.people["chair"], note="The contract is signed.")
    meeting_pack.order_released(meeting=closed.meeting, by=closed.world.people["chair"])
    *_, supplement = made(closed.meeting)
    assert MARKER in text(supplement.file_for(members=False)).lower()


def test_search_finds_nothing_of_it_for_outsiders(closed):
    for role in OTHERS:
        assert kinds_found(closed.world.client(role)) == set(), role


def test_direct_addresses_of_closed_matter_are_absent(closed):
    for role in OTHERS:
        browser = closed.world.client(role)
        for address in closed.direct():
            assert browser.get(address).status_code == 404, (role, address)


def test_no_email_holds_the_marker(closed):
    assert Message.objects.filter(to_email="follower@example.org").count() == 2
    for message in Message.objects.all():
        assert MARKER not in f"{message.subject} {message.text} {message.html} {message.attachments}".lower()


def test_public_sees_that_it_is_there_and_why(closed, client):
    for address in (closed.meeting.get_absolute_url(), reverse("forward_plan", args=[closed.meeting.board.slug])):
        page = client.get(address).content.decode()
        assert SAFE in page
        assert "Proposed to be taken in private" in page
        assert "The board’s own rules let it meet in private" in page


def test_board_reads_it_and_its_deputies_do(closed, client):
    term = make.AppointmentFactory(seat__board=closed.meeting.board, deputy=make.UserFactory())
    for reader in (term.holder, term.deputy):
        browser = sign_in(client, reader)
        for address in closed.found_after_release():
            assert MARKER in said(browser.get(address)), address
        assert kinds_found(browser) == KINDS


def test_what_was_opened_is_written_down(closed, client):
    term = make.AppointmentFactory(seat__board=closed.meeting.board)
    browser = sign_in(client, term.holder)
    for address in closed.direct():
        browser.get(address)
    rows = PaperOpening.objects.filter(person=term.holder)
    assert rows.exclude(document=None).count() == len(closed.files)
    assert rows.exclude(version=None).count() == 5  # the report, each of two versions, and both compared
    assert not PaperOpening.objects.exclude(person=term.holder).exists()


def test_released_matter_is_found_by_everybody(closed, client):
    expected, direct = closed.found_after_release(), closed.direct()
    for closure in closed.closures:
        closures.release(closure=closure, by=closed.world.people["chair"], note="The contract is signed.")
    past_paper.describe(paper=closed.past, by=None, kind=closed.past.kind, title=closed.past.title, members_only=False)
    for address in expected:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert MARKER in said(answer), address
    assert kinds_found(client) == KINDS
    assert all(client.get(address).status_code == 200 for address in direct)


def test_kept_pages_forget_what_is_closed_later(closed, client):
    other = make.LedItemFactory(board=closed.meeting.board, meeting=closed.meeting, topic__title="Old quagga barn")
    address = reverse("forward_plan", args=[closed.meeting.board.slug])
    assert "quagga" in client.get(address).content.decode()
    close(other, title="A barn")
    assert "quagga" not in client.get(address).content.decode()

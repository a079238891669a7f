"""The chair, from "before you publish" to the pack; and a member of the board, who reads the closed part of it."""

import pytest
from playwright.sync_api import expect

from assemblies.papers.actions import agenda, pack_making
from assemblies.papers.models import PaperOpening
from tests import factories
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("media")]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting():
    """A board in public whose agenda is drafted: a report that is signed off, and an item that is closed."""
    board = factories.BoardFactory(name="Partnership Board")
    meeting = factories.MeetingFactory(board=board, title="Board in public", slug="board-in-public", kind="board")
    signed_report(meeting, "Recovery plan", "Slides of the plan")
    add_item(meeting, "Welcome")
    add_item(meeting, "Contract with Hill Ltd", a_document(meeting, "Offer of Hill Ltd"))
    close(agenda.draft_of(meeting).items.get(title="Contract with Hill Ltd"), title="A contract")
    agenda.fill_from_plan(meeting=meeting, by=None)
    return meeting


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_chair_publishes_and_finds_the_pack(*, enter, look, meeting, width, script):
    chair = factories.ChairFactory(seat__board=meeting.board).holder
    page = enter(chair, width=width, script=script)
    page.goto("/meetings/board-in-public/manage/agenda/publish/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you publish the agenda")
    expect(page.get_by_role("heading", name="Nothing is missing")).to_be_visible()
    look(page, "Before you publish the agenda – Board in public", script=script, name="before-you-publish")
    page.get_by_role("button", name="Publish the agenda").click()
    expect(page.locator("main")).to_contain_text("Pack Being made")
    page.get_by_role("link", name="Packs of papers").click()
    expect(page.locator("main")).to_contain_text("You can leave this page.")
    look(page, "Packs of papers: Board in public", script=script, name="packs-being-made")
    assert pack_making.make_waiting() == 1
    if script:
        page.get_by_role("link", name="Show the packs as they are now").click()
    else:
        page.reload()
    look(page, "Packs of papers: Board in public", script=script, name="packs-ready")
    with page.expect_response("**/papers/pack.pdf") as answer:
        page.get_by_role("button", name="Open the pack").click()
    assert (answer.value.status, answer.value.headers["content-type"]) == (200, "application/pdf")


def test_member_reads_the_closed_part(*, enter, look, meeting):
    chair = factories.ChairFactory(seat__board=meeting.board).holder
    member = factories.AppointmentFactory(seat__board=meeting.board).holder
    publish(meeting, chair)
    assert pack_making.make_waiting() == 1
    outsider = enter(None)
    outsider.goto("/meetings/board-in-public/papers/")
    expect(outsider.locator("main")).to_contain_text("A contract")
    expect(outsider.locator("main")).not_to_contain_text("Hill Ltd")
    expect(outsider.get_by_role("button", name="closed papers")).to_have_count(0)

    page = enter(member, width=320)
    page.goto("/meetings/board-in-public/")
    page.get_by_role("link", name="Packs of papers, page by page").click()
    expect(page.locator("main")).to_contain_text("Closed papers, not for publication")
    expect(page.get_by_role("link", name="Offer of Hill Ltd")).to_be_visible()
    look(page, "Packs of papers: Board in public", name="packs-of-a-member")
    with page.expect_response("**/papers/members/pack.pdf") as answer:
        page.get_by_role("button", name="Open it with the closed papers").click()
    assert (answer.value.status, answer.value.headers["content-type"]) == (200, "application/pdf")
    assert PaperOpening.objects.get().person == member

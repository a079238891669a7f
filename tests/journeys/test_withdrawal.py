"""A paper was published in error: the chair withdraws it, a visitor reads why in its place, and the pack is made again."""

import re

import pytest
from playwright.sync_api import expect

from assemblies.papers.actions import pack_making
from tests import factories
from tests.assemblies.papers.packed import a_document, add_item, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("media")]
WHY = "It names a patient."


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting():
    board = factories.BoardFactory(name="Partnership Board")
    return factories.MeetingFactory(board=board, title="Board in public", slug="board-in-public", kind="board")


def test_chair_withdraws_a_paper_and_a_visitor_reads_why(*, enter, look, meeting):
    chair = factories.ChairFactory(seat__board=meeting.board).holder
    member = factories.AppointmentFactory(seat__board=meeting.board).holder
    letter = a_document(meeting, "Letters to the board")
    add_item(meeting, "Welcome", a_document(meeting, "The agenda pack"))
    add_item(meeting, "Letters", letter)
    publish(meeting, chair)
    assert pack_making.make_waiting() == 1

    page = enter(chair, width=320)
    page.goto("/meetings/board-in-public/manage/withdrawals/")
    page.get_by_role("link", name=re.compile("^Withdraw ?: Letters to the board")).click()
    look(page, "Withdraw “Letters to the board”?", name="withdraw-a-paper")
    page.get_by_label("Why it is withdrawn").fill(WHY)
    page.get_by_role("button", name="Withdraw it now").click()
    look(page, "Withdrawal: Letters to the board", name="withdrawal")
    expect(page.locator("main")).to_contain_text(f"{chair}, the chair")

    visitor = enter(None)
    answer = visitor.goto(f"/meetings/board-in-public/documents/{letter.pk}/")
    assert answer.status == 410
    visitor.told.clear()  # the browser says of the page itself that it is gone
    look(visitor, "This paper was withdrawn: Letters to the board", name="withdrawn")
    expect(visitor.locator("main")).to_contain_text("“Letters to the board” was withdrawn from view on")
    expect(visitor.locator("main")).to_contain_text(WHY)

    reader = enter(member)
    pack = "/meetings/board-in-public/papers/pack.pdf"
    assert reader.request.get(pack).url.endswith("/papers/"), "the one that held it is given out no more"
    assert pack_making.make_waiting() == 1
    reader.goto("/meetings/board-in-public/papers/")
    expect(reader.locator("main")).to_contain_text(f"The reason: {WHY}")
    with reader.expect_response(f"**{pack}") as made:
        reader.get_by_role("button", name="Open the pack").click()
    assert (made.value.status, made.value.headers["content-type"]) == (200, "application/pdf")

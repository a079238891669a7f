"""A member has an interest in something closed: the chair withholds its papers, and the member reads why, not the papers."""

import pytest
from playwright.sync_api import expect

from assemblies.papers.actions import agenda, pack_making
from tests import factories
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("media")]
WHY = "They own a share in the firm that bids."
MEETING = "/meetings/board-in-public/"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("width", [320, 1280])
def test_chair_withholds_papers_and_the_member_reads_why(*, enter, look, width):
    board = factories.BoardFactory(name="Partnership Board")
    meeting = factories.MeetingFactory(board=board, title="Board in public", slug="board-in-public", kind="board")
    chair = factories.ChairFactory(seat__board=board).holder
    member = factories.AppointmentFactory(seat__board=board, holder__name="Ada Brook").holder
    add_item(meeting, "Welcome", a_document(meeting, "Minutes of the last meeting"))
    close(add_item(meeting, "Buying the depot", a_document(meeting, "Bids")), by=chair, title="A purchase of land")
    publish(meeting, chair)
    assert pack_making.make_waiting() == 1

    page = enter(chair, width=width)
    page.goto(f"{MEETING}manage/agenda/")
    page.get_by_role("link", name="Withhold closed papers").click()
    look(page, "Papers withheld from members", name="withheld-none", script=False)
    page.get_by_label("Item").select_option("2. Buying the depot")
    page.get_by_label("Who does not read them").select_option("Ada Brook")
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Withhold the papers").click()
    look(page, "Papers withheld from members", name="withheld", script=False)
    expect(page.locator("main")).to_contain_text(WHY)
    draft = agenda.revise(meeting=meeting, by=chair)
    page.goto(f"{MEETING}manage/agenda/items/{draft.items.get(title='Buying the depot').pk}/class/")
    look(page, "Who may read “Buying the depot”", name="withheld-class", script=False)
    expect(page.locator("main")).to_contain_text("Its papers are withheld from Ada Brook")

    reader = enter(member, width=width)
    reader.goto(MEETING)
    look(reader, "Board in public", name="withheld-agenda", script=False)
    expect(reader.locator("main")).to_contain_text(f"Its closed papers are withheld from you: {WHY}")
    expect(reader.locator("main")).not_to_contain_text("depot")
    reader.goto(f"{MEETING}papers/members/pack.pdf")
    look(reader, "Packs of papers: Board in public", name="withheld-packs", script=False)
    expect(reader.locator("main")).to_contain_text("is not for you")

    page.goto(f"{MEETING}manage/withheld/")
    page.get_by_role("link", name="Lift").click()
    look(page, "Let Ada Brook read “Buying the depot” again?", name="withheld-lift", script=False)
    page.get_by_role("button", name="Lift it").click()
    reader.goto(MEETING)
    expect(reader.locator("main")).to_contain_text("Buying the depot")

"""Which board reports to which: no rings, on any day, drawn and listed, on one sheet of paper."""

from datetime import date

import pytest

from partnership.boards import chart, structure
from partnership.boards.actions import board as actions
from partnership.boards.models import Board
from partnership.ui.refusals import Refusal
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/boards/structure/"


def family():
    """A board, two that report to it, and one that reports to the first of these."""
    top = make.BoardFactory(name="Integrated Care Board", kind="statutory")
    alliance = make.BoardFactory(name="The Alliance", kind="alliance", reports_to=top)
    make.BoardFactory(name="Executive", kind="executive", reports_to=top)
    make.BoardFactory(name="Pennine area group", kind="area_group", reports_to=alliance)
    return top, alliance


@pytest.mark.parametrize("name", ["The Alliance", "Pennine area group", "Integrated Care Board"])
def test_board_cannot_report_to_itself_however_far_down(name):
    top, _ = family()
    with pytest.raises(Refusal, match="report") as refused:
        actions.change(board=top, by=None, reports_to=Board.objects.get(name=name))
    assert refused.value.field == "reports_to"
    top.refresh_from_db()
    assert top.reports_to is None


def test_ring_is_explained_in_the_form(client):
    top, alliance = family()
    low = alliance.reporting.get()
    answers = {"name": top.name, "kind": "statutory", "clear_days": "5", "day_kind": "working", "reports_to": low.pk}
    page = sign_in(client, make.StaffFactory()).post(f"{top.get_absolute_url()}edit/", answers).text
    assert "Pennine area group reports to this board through The Alliance: choose a board that does not" in page


def test_page_draws_and_lists_the_same_boards(client):
    top, _ = family()
    make.ChairFactory(seat__board=top, holder__name="Ruth Adeyemi")
    page = client.get(ADDRESS).text
    drawing, listed = (
        page[page.index("<svg class") : page.index("</svg>", page.index("<svg class"))],
        page[page.index("The same as a list") :],
    )
    for words in (
        "Integrated Care Board",
        "The Alliance",
        "Executive",
        "Pennine area group",
        "chaired by Ruth Adeyemi",
    ):
        assert words in drawing
        assert words in listed
    assert listed.index("The Alliance") < listed.index("Pennine area group")
    assert "<title" in drawing
    assert "<desc" in drawing


def test_another_day_shows_the_boards_of_that_day(client):
    top = make.BoardFactory(name="Shadow board", ends_on=date(2022, 6, 30))
    make.BoardFactory(name="Care board", starts_on=date(2022, 7, 1))
    make.BoardFactory(name="Forum", reports_to=top)
    then = client.get(f"{ADDRESS}?on=2022-06-30").text
    assert "As it was on Thursday 30 June 2022" in then
    assert "Shadow board" in then
    assert "Care board" not in then
    now = client.get(ADDRESS).text
    assert "Shadow board" not in now
    assert "Forum" in now  # the board it reported to is gone: it stands on its own


@pytest.mark.parametrize(("asked", "message"), [("31/2/2020", "There is no such day"), ("soon", "Enter a date, like")])
def test_day_that_is_none_is_explained_and_today_shown(client, asked, message):
    family()
    page = client.get(ADDRESS, {"on": asked}).text
    assert message in page
    assert "As it is today" in page


def test_no_boards_on_that_day(client):
    make.BoardFactory(starts_on=date(2022, 7, 1))
    assert "There were no boards on that day" in client.get(f"{ADDRESS}?on=1999-01-01").text


def test_ring_made_behind_our_back_loses_no_board():
    one, two = make.BoardFactory(name="One"), make.BoardFactory(name="Two")
    Board.objects.filter(pk=one.pk).update(reports_to=two)
    Board.objects.filter(pk=two.pk).update(reports_to=one)
    forest = structure.on_day(date(2020, 1, 1))
    assert sum(structure.count(node) for node in forest) == 2


def test_nothing_in_the_chart_lies_over_anything_else():
    top, alliance = family()
    for number in range(12):
        make.BoardFactory(reports_to=alliance if number % 2 else top)
        make.BoardFactory(name=f"A board with a name so long that it takes three lines, number {number}")
    drawn = chart.draw(structure.on_day(date(2020, 1, 1)))
    boxes = drawn.boxes
    assert len(boxes) == 28
    for number, one in enumerate(boxes):
        assert one.x + one.width <= drawn.width
        assert one.y + one.height <= drawn.height
        for other in boxes[number + 1 :]:
            apart = (
                one.x + one.width <= other.x or other.x + other.width <= one.x
                or one.y + one.height <= other.y or other.y + other.height <= one.y
            )  # fmt: skip
            assert apart, (one, other)
    assert 1 < drawn.width / drawn.height < 2.5


def test_structure_query_count_is_constant(client, django_assert_num_queries):
    make.ChairFactory()
    count = queries(client, ADDRESS)
    make.ChairFactory.create_batch(50)
    with django_assert_num_queries(count):
        client.get(ADDRESS)

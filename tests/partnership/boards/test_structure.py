"""Which board reports to which: no loops, on any day, drawn as nested lists."""

from datetime import date

import pytest

from partnership.boards import structure
from partnership.boards.actions import board as actions
from partnership.boards.models import Board
from partnership.refusals import Refusal
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
    answers = {
        "name": top.name,
        "kind": "statutory",
        "regime": "nhs",
        "clear_days": "5",
        "day_kind": "working",
        "publish_by": "5pm",
        "report_days": "5",
        "reports_to": low.pk,
    }
    page = sign_in(client, make.StaffFactory()).post(f"{top.get_absolute_url()}edit/", answers).text
    assert "Pennine area group reports to this board through The Alliance: choose a board that does not" in page


def test_chart_is_a_list_with_each_board_below_the_one_it_reports_to(client):
    top, _ = family()
    make.ChairFactory(seat__board=top, holder__name="Ruth Adeyemi")
    page = client.get(ADDRESS).text
    chart = page[page.index('<ul class="org-chart__families"') : page.index("Another day")]
    assert "chaired by Ruth Adeyemi" in chart
    depth = {board.name: _depth(chart, board) for board in Board.objects.all()}
    assert depth == {"Integrated Care Board": 1, "The Alliance": 2, "Executive": 2, "Pennine area group": 3}
    assert chart.index("The Alliance") < chart.index("Pennine area group")


def _depth(chart: str, board: Board) -> int:
    """In how many lists the board's link lies."""
    before = chart[: chart.index(f'href="{board.get_absolute_url()}"')]
    return before.count("<ul") - before.count("</ul>")


@pytest.mark.parametrize(("below", "shape"), [(1, "row"), (5, "row"), (6, "columns"), (12, "columns")])
def test_more_than_five_boards_stand_in_columns(below, shape):
    top = make.BoardFactory()
    make.BoardFactory.create_batch(below, reports_to=top)
    (node,) = structure.on_day(date(2020, 1, 1))
    assert node.shape == shape


def test_letters_on_paper_shrink_as_boards_are_more():
    assert [structure.print_size(boards) for boards in (0, 8, 9, 17, 33)] == [
        "large", "large", "medium", "small", "smallest",
    ]  # fmt: skip


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


def test_structure_asks_as_much_for_fifty_boards_as_for_one(client, django_assert_num_queries):
    make.ChairFactory()
    count = queries(client, ADDRESS)
    make.ChairFactory.create_batch(50)
    with django_assert_num_queries(count):
        client.get(ADDRESS)

"""The organisation chart as people meet it: on a phone, with the keyboard, with axe, and on one sheet of paper."""

from datetime import date

import pytest
from pypdf import PdfReader

from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LONG = "Lancashire and South Cumbria Voluntary, Community, Faith and Social Enterprise Alliance"


def boards(families: int, each: int) -> None:
    for number in range(families):
        top = make.BoardFactory(name=f"{LONG} {number}", kind="icb_committee")
        for below in range(each):
            middle = make.BoardFactory(name=f"Area group {number}.{below} of {LONG}", reports_to=top)
            if below == 0:
                make.BoardFactory(name=f"Workstream {number}.{below}", reports_to=middle)


@pytest.mark.parametrize(("families", "each"), [(1, 0), (1, 5), (1, 9), (12, 0), (4, 4)])
def test_structure_prints_on_one_sheet_of_a4_on_its_side(page, tmp_path, families, each):
    boards(families, each)
    page.goto("/boards/structure/")
    page.pdf(path=tmp_path / "chart.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "chart.pdf").pages
    assert len(sheets) == 1
    assert round(sheets[0].mediabox.width) == 842
    assert "Organisation chart" in sheets[0].extract_text()
    assert "The same as a list" not in sheets[0].extract_text()


def test_chart_scrolls_inside_its_own_box_on_a_phone_and_is_no_barrier(phone, axe):
    boards(2, 4)
    phone.goto("/boards/structure/")
    axe(phone)
    box = phone.get_by_role("region", name="Organisation chart")
    assert box.evaluate("each => each.scrollWidth > each.clientWidth")
    size = phone.locator(".org-chart__text").first.evaluate("each => each.getBoundingClientRect().height")
    assert size >= 15  # the text keeps its size: the box scrolls instead
    box.focus()
    phone.keyboard.press("ArrowRight")
    for _ in range(100):
        if box.evaluate("each => each.scrollLeft") > 0:
            break
        phone.wait_for_timeout(50)
    assert box.evaluate("each => each.scrollLeft") > 0


def test_names_stay_inside_their_boxes(page):
    boards(3, 4)
    make.ChairFactory(
        seat__board=make.BoardFactory(name="WESTMORLAND AND FURNESS COMMUNITY Wwwmmmwwwmmmwwwmmm"),
        starts_on=date(2020, 1, 1),
    )
    page.goto("/boards/structure/")
    over = page.evaluate(
        """() => [...document.querySelectorAll('.org-chart__text')].filter(text => {
             const boxes = [...document.querySelectorAll('.org-chart__box')].map(box => box.getBBox());
             const here = text.getBBox();
             return !boxes.some(box => here.x >= box.x && here.x + here.width <= box.x + box.width
                                    && here.y >= box.y && here.y + here.height <= box.y + box.height + 1);
           }).map(text => text.textContent)"""
    )
    assert over == []

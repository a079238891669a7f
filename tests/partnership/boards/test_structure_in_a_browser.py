"""The organisation chart as people meet it: on a phone, with the keyboard, with axe, and on one sheet of paper."""

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


@pytest.mark.parametrize(("families", "each"), [(1, 0), (1, 5), (1, 9), (12, 0), (4, 4), (2, 14)])
def test_structure_prints_on_one_sheet_of_a4_on_its_side(page, tmp_path, families, each):
    boards(families, each)
    page.goto("/boards/structure/")
    page.pdf(path=tmp_path / "chart.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "chart.pdf").pages
    assert len(sheets) == 1
    assert round(sheets[0].mediabox.width) == 842
    assert "Organisation chart" in sheets[0].extract_text()
    assert "Another day" not in sheets[0].extract_text()


def test_chart_scrolls_inside_its_own_box_on_a_phone(phone, axe):
    boards(2, 4)
    phone.goto("/boards/structure/")
    axe(phone)
    box = phone.get_by_role("region", name="Organisation chart")
    assert box.evaluate("each => each.scrollWidth > each.clientWidth")
    size = phone.locator(".org-chart__name").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 15  # the letters keep their size: the box scrolls instead
    box.focus()
    phone.keyboard.press("ArrowRight")
    for _ in range(100):
        if box.evaluate("each => each.scrollLeft") > 0:
            break
        phone.wait_for_timeout(50)
    assert box.evaluate("each => each.scrollLeft") > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_words_stay_in_their_box_and_boxes_apart(open_browser, width):
    boards(3, 4)
    make.BoardFactory.create_batch(12, reports_to=make.BoardFactory(name="Voluntary sector forum"))
    low = None
    for depth in range(5):
        low = make.BoardFactory(name=f"{'Mw' * 40} {depth}", reports_to=low)
    page = open_browser(width=width)
    page.goto("/boards/structure/")
    wrong = page.evaluate(
        """() => {
             const found = [], boxes = [...document.querySelectorAll('.org-chart__box')];
             const places = boxes.map(box => box.getBoundingClientRect());
             boxes.forEach((box, number) => {
               const words = document.createRange(), here = places[number];
               words.selectNodeContents(box);
               for (const line of words.getClientRects())
                 if (line.left < here.left || line.right > here.right || line.bottom > here.bottom + 1)
                   found.push(`words run out of ${box.innerText}`);
               places.slice(number + 1).forEach((there, more) => {
                 if (here.left < there.right && there.left < here.right && here.top < there.bottom && there.top < here.bottom)
                   found.push(`${box.innerText} lies over ${boxes[number + 1 + more].innerText}`);
               });
             });
             return found;
           }"""
    )
    assert wrong == []
    assert page.locator(".org-chart__box").count() == 3 * 6 + 13 + 5

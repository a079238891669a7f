"""How large an uploaded page is shown."""

from pathlib import Path

import pytest

from assemblies.papers.pack import facts
from assemblies.papers.pack.parts import Attachment, PackItem
from tests.assemblies.papers.pack import packs


@pytest.mark.parametrize(
    ("size", "landscape"),
    [
        ((595, 842), False),
        ((842, 595), True),
        ((5000, 9000), False),
        ((14000, 60), True),
        ((40, 30), True),
        ((2, 9e5), False),
    ],
)
def test_uploaded_page_fits_its_sheet_and_never_grows(size, landscape):
    file = Attachment("f", "File", Path("f.pdf"), (size,))
    page = facts.of(packs.pack(PackItem("i", "1", "Item", papers=(file,))))["items"][0]["papers"][0]["pages"][0]
    across, down = (facts.LONG, facts.SHORT) if landscape else (facts.SHORT, facts.LONG)
    assert page["landscape"] == landscape
    assert 0 < page["width"] <= min(size[0], across - 2 * facts.MARGIN) + 0.01
    assert 0 < page["height"] <= min(size[1], down - facts.MARGIN - facts.FOOT) + 0.01


def test_point_beyond_the_file_is_left_out():
    file = Attachment("f", "File", Path("f.pdf"), ((595, 842),), points=(("slide 1", 1), ("slide 9", 9)))
    found = facts.of(packs.pack(PackItem("i", "1", "Item", papers=(file,))))["items"][0]["papers"][0]["points"]
    assert found == [{"words": "slide 1", "page": 1}]

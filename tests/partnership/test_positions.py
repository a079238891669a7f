"""A row changes places with the one before or after it."""

import pytest

from assemblies.papers.models import AgendaItem
from partnership import positions
from tests.factories import AgendaItemFactory, AgendaVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def items():
    version = AgendaVersionFactory(state="draft", published_at=None, published_by=None)
    return [
        AgendaItemFactory(version=version, title=title, position=place)
        for place, title in ((3, "a"), (5, "b"), (8, "c"))
    ]


def stand() -> list[tuple[str, int]]:
    return list(AgendaItem.objects.order_by("position").values_list("title", "position"))


@pytest.mark.parametrize(
    ("which", "up", "order"), [(0, False, "bac"), (2, True, "acb"), (1, True, "bac"), (1, False, "acb")]
)
def test_row_changes_places_with_its_neighbour(items, which, up, order):
    place = positions.shift(AgendaItem.objects.order_by("position"), items[which].pk, up=up)
    assert stand() == [(title, number) for number, title in enumerate(order, start=1)]
    assert place == order.index("abc"[which]) + 1


@pytest.mark.parametrize(("which", "up"), [(0, True), (2, False)])
def test_row_at_the_end_of_its_list_stays(items, which, up):
    before = stand()
    assert positions.shift(AgendaItem.objects.order_by("position"), items[which].pk, up=up) is None
    assert positions.shift(AgendaItem.objects.none(), items[which].pk, up=up) is None
    assert stand() == before


def test_row_passes_those_it_does_not_stand_among(items):
    place = positions.shift(
        AgendaItem.objects.order_by("position"), items[0].pk, up=False, among=lambda row: row.title != "b"
    )
    assert ([title for title, _ in stand()], place) == (["c", "b", "a"], 3)

"""Rows in an order of their own: one of them changes places with the one before or after it."""

from collections.abc import Callable, Iterable
from typing import Any


def shift(rows: Iterable[Any], chosen: int, *, up: bool, among: Callable[[Any], bool] = lambda row: True) -> int | None:
    """Moves the row of that number one place, and numbers all `rows`, which are in their order, from 1; returns its new
    `position`. It changes places with the next of those it stands `among`.

    None, and nothing is written, where it is at the end of the list or not in it. The caller holds the lock that writers of the
    rows wait for.
    """
    order = list(rows)
    places = [place for place, row in enumerate(order) if among(row)]
    here = next((number for number, place in enumerate(places) if order[place].pk == chosen), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(places):
        return None
    old, new = places[here], places[there]
    order[old], order[new] = order[new], order[old]
    changed = [(position, row) for position, row in enumerate(order, start=1) if row.position != position]
    for position, row in changed:
        row.position = position
    type(order[new]).objects.bulk_update([row for _, row in changed], ["position"])
    return new + 1

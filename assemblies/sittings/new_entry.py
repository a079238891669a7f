"""What somebody wants to enter in the record of a meeting, and what it names there."""

from dataclasses import dataclass, field
from typing import Any

from assemblies.sittings.order_of_business import Business
from assemblies.sittings.picture import Picture
from partnership.boards.models import Board, Seat
from partnership.refusals import Refusal


@dataclass(frozen=True)
class NewEntry:
    """Something somebody wants to enter. `place` is the item's place in the order of business; 0 is before the first."""

    kind: str
    place: int = 0
    seat: Seat | None = None
    board: Board | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def item_of(entry: NewEntry, picture: Picture) -> Business:
    """Returns the item it is for. Raises Refusal for one that is not on the agenda."""
    item = picture.order.item(entry.place)
    if item is None:
        raise Refusal("Say which item it is for: it is not on the agenda that is published.")
    return item


def board_of(entry: NewEntry, item: Business) -> Board:
    """Returns the board it is for, one of those that take the item. Raises Refusal for any other."""
    if entry.board is None or entry.board.pk not in {each.board.pk for each in item.takers}:
        raise Refusal("That board does not take this item.")
    return entry.board


def seat_of(entry: NewEntry) -> Seat:
    """Returns the seat it is about. Raises Refusal where it names none."""
    if entry.seat is None:
        raise Refusal("Say which seat it is.")
    return entry.seat

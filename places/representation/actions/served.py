"""Which places a board serves, and which a seat speaks for."""

from collections.abc import Iterable

from django.db import transaction

from partnership import audit
from partnership.boards.models import Board, Seat
from places.footprint.actions import place as places_actions
from places.footprint.models import Place


@transaction.atomic
def save_place(*, place: Place | None, by, boards: Iterable[Board], **facts) -> Place:
    """Adds a place, or changes one, and says which boards serve it. Raises Refusal where it exists."""
    saved = places_actions.save(place=place, by=by, **facts)
    saved.boards.set(boards)
    return saved


@transaction.atomic
def set_of_board(*, board: Board, places: Iterable[Place], by) -> None:
    """The board serves these places and no others; none means the whole system."""
    board.places.set(places)
    audit.record(by=by, verb="board.places.set", subject=board, places=sorted(place.name for place in places))


@transaction.atomic
def set_of_seat(*, seat: Seat, places: Iterable[Place], by) -> None:
    """The seat speaks for these places and no others; none means wherever its board serves."""
    seat.places.set(places)
    audit.record(by=by, verb="seat.places.set", subject=seat, places=sorted(place.name for place in places))

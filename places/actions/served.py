"""Which places a board serves, and which a seat speaks for."""

from collections.abc import Iterable

from django.db import transaction

from partnership import audit
from partnership.boards.models import Board, Seat
from places.models import Place


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

"""Where boards and seats serve, on their pages."""

from django.http import HttpRequest

from partnership import panels
from partnership.boards.models import Board, Seat
from partnership.panels import Panel
from places.footprint.models import Place


@panels.on("board.side")
def where_board_serves(board: Board, request: HttpRequest) -> Panel:
    return Panel("representation/_where.html", {"places": Place.objects.public().filter(boards=board).order_by("name")})


@panels.on("seat.side")
def where_seat_speaks(seat: Seat, request: HttpRequest) -> Panel:
    """The seat's own places; where it has none, those its board serves."""
    own = Place.objects.public().filter(seats=seat).order_by("name")
    served = Place.objects.public().filter(boards=seat.board_id).order_by("name")
    return Panel("representation/_where.html", {"places": list(own) or served})


@panels.on("board.staff")
def choose_places_of_board(board: Board, request: HttpRequest) -> Panel:
    return Panel("representation/_choose_of_board.html")


@panels.on("seat.staff")
def choose_places_of_seat(seat: Seat, request: HttpRequest) -> Panel:
    return Panel("representation/_choose_of_seat.html")


@panels.on("place.side")
def boards_of_place(place: Place, request: HttpRequest) -> Panel:
    return Panel("representation/_boards_of_place.html", {"boards": Board.objects.public().filter(places=place)})


@panels.on("places.staff")
def add_place(nothing: None, request: HttpRequest) -> Panel:
    return Panel("representation/_add_place.html")


@panels.on("place.edit")
def edit_place(place: Place, request: HttpRequest) -> Panel:
    return Panel("representation/_edit_place.html")

"""Advertising a seat as a post, on the page of the seat."""

from django.http import HttpRequest

from partnership import panels
from partnership.boards.models import Seat
from partnership.panels import Panel


@panels.on("seat.staff")
def advertise(seat: Seat, request: HttpRequest) -> Panel:
    return Panel("posts/_advertise.html")


@panels.on("boards.links")
def link(nothing: None, request: HttpRequest) -> Panel:
    return Panel("posts/_link.html")

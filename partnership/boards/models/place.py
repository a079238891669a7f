from django.db import models

from partnership.page_cache.triggers import renew_pages
from places.footprint.models import Place


class PlaceBoard(models.Model):
    """A place that a board serves. A board with none serves the whole system."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "board"], name="board_once_for_each_place")]
        triggers = renew_pages()


class PlaceSeat(models.Model):
    """A place that a seat speaks for. A seat with none speaks for wherever its board serves."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    seat = models.ForeignKey("boards.Seat", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "seat"], name="seat_once_for_each_place")]
        triggers = renew_pages()

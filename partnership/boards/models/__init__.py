from partnership.boards.models.board import Board
from partnership.boards.models.seat import Appointment, Seat

__all__ = ["Appointment", "Board", "Seat"]

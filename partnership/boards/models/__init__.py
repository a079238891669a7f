from partnership.boards.models.acting_chair import ActingChair
from partnership.boards.models.bank_holiday import BankHoliday
from partnership.boards.models.board import Board
from partnership.boards.models.induction import InductionItem, InductionStep, JargonTerm
from partnership.boards.models.notice import NoticePeriod, SeatNotice
from partnership.boards.models.place import PlaceBoard, PlaceSeat
from partnership.boards.models.seat import Appointment, Seat
from partnership.boards.models.terms import TermsVersion

__all__ = [
    "ActingChair",
    "Appointment",
    "BankHoliday",
    "Board",
    "InductionItem",
    "InductionStep",
    "JargonTerm",
    "NoticePeriod",
    "PlaceBoard",
    "PlaceSeat",
    "Seat",
    "SeatNotice",
    "TermsVersion",
]

from partnership.boards.models.application import Application, Score
from partnership.boards.models.board import Board
from partnership.boards.models.induction import InductionItem, InductionStep, JargonTerm
from partnership.boards.models.notice import NoticePeriod, SeatNotice
from partnership.boards.models.post import PanelMember, Post
from partnership.boards.models.seat import Appointment, Seat
from partnership.boards.models.terms import TermsVersion

__all__ = [
    "Application",
    "Appointment",
    "Board",
    "InductionItem",
    "InductionStep",
    "JargonTerm",
    "NoticePeriod",
    "PanelMember",
    "Post",
    "Score",
    "Seat",
    "SeatNotice",
    "TermsVersion",
]

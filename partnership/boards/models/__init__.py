from partnership.boards.models.application import Application, Score
from partnership.boards.models.ballot import Ballot, BallotBox
from partnership.boards.models.board import Board
from partnership.boards.models.election import Election
from partnership.boards.models.extension import Extension
from partnership.boards.models.induction import InductionItem, InductionStep, JargonTerm
from partnership.boards.models.nomination import Nomination
from partnership.boards.models.notice import NoticePeriod, SeatNotice
from partnership.boards.models.post import PanelMember, Post
from partnership.boards.models.seat import Appointment, Seat
from partnership.boards.models.terms import TermsVersion
from partnership.boards.models.voter import Voter

__all__ = [
    "Application",
    "Appointment",
    "Ballot",
    "BallotBox",
    "Board",
    "Election",
    "Extension",
    "InductionItem",
    "InductionStep",
    "JargonTerm",
    "Nomination",
    "NoticePeriod",
    "PanelMember",
    "Post",
    "Score",
    "Seat",
    "SeatNotice",
    "TermsVersion",
    "Voter",
]

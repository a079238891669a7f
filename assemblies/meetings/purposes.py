"""What an item is on an agenda for. A consultative forum cannot take decisions, only make recommendations."""

from django.db import models

from partnership.boards.models import Board
from partnership.refusals import Refusal


class Purpose(models.TextChoices):
    DECISION = "decision", "For decision"
    DISCUSSION = "discussion", "For discussion"
    INFORMATION = "information", "For information"
    ASSURANCE = "assurance", "For assurance"


def may_decide(board: Board) -> bool:
    """Whether the board can take decisions; a consultative forum advises."""
    return board.kind != Board.Kind.FORUM


def purposes_of(board: Board) -> list[tuple[str, str]]:
    """What items before the board can be for, as choices."""
    return [(each.value, each.label) for each in Purpose if each != Purpose.DECISION or may_decide(board)]


def refuse_decision(board: Board, purpose: str) -> None:
    """Raises Refusal for an item that is for decision before a board that only advises."""
    if purpose == Purpose.DECISION and not may_decide(board):
        raise Refusal(f"The {board} is a consultative forum: an item before it is not for decision.", "purpose")

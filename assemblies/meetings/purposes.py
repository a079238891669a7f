"""What an item is on an agenda for. A consultative forum cannot take decisions, only make recommendations."""

from django.db import models

from partnership.boards.models import Board


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

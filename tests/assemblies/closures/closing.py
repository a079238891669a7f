"""What tests of closed matter share: the grounds somebody gives, and closing things on them."""

from typing import Any

from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.papers.actions import classification
from partnership.boards.regimes import Regime
from tests import factories as make

SAFE = "A contract"
WEIGHED = {"interest_for": "Bidders would know.", "interest_against": "It is public money."}


def said(*boards, title: str = SAFE, days: int | None = 90, **facts: Any) -> Said:
    """A ground that each board's regime knows."""
    return Said(
        tuple(_ground(board, facts) for board in boards), title, make.in_days(days).date() if days is not None else None
    )


def _ground(board, facts: dict[str, Any]) -> SaidOfBoard:
    if board.regime == Regime.COUNCIL:
        return SaidOfBoard(board, **{"ground": "exempt_3", "must_be_registered": False} | WEIGHED | facts)
    ground = "business" if board.regime == Regime.NHS else "own"
    return SaidOfBoard(board, **{"ground": ground, "reason": "The contract is not signed."} | facts)


def close(thing, *boards, by=None, **facts: Any):
    """Closes it on a ground of each of the boards, else of its own; returns the closure."""
    boards = boards or (_board_of(thing),)
    return classification.classify(thing=thing, by=by, said=said(*boards, **facts))


def _board_of(thing):
    if hasattr(thing, "board"):
        return thing.board
    if hasattr(thing, "version"):
        return thing.version.meeting.board
    return thing.meeting.board if hasattr(thing, "meeting") else thing.report.board

"""Who may do what on a board."""

import rules

from partnership.boards.models import Board


@rules.predicate
def is_chair(user) -> bool:
    """Holds the chair's seat of any board today. Asked once for each request, then remembered on the user."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "_chairs_a_board"):
        user._chairs_a_board = Board.objects.chaired_by(user).exists()
    return user._chairs_a_board


@rules.predicate
def is_chair_of(user, board) -> bool:
    """Holds the chair's seat of this board today."""
    return board is not None and Board.objects.chaired_by(user).filter(pk=board.pk).exists()

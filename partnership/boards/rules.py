"""Who may do what on a board."""

import rules

from partnership.accounts.rules import is_partnership_staff
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


def holds_seat_on(user, board, on=None, *, or_deputises: bool = False) -> bool:
    """Holds a seat on the board on the day (today unless given), from the first day of the term to the last.

    With `or_deputises` somebody who deputises for a holder counts too.
    """
    return board is not None and Board.objects.held_by(user, on, or_deputises=or_deputises).filter(pk=board.pk).exists()


rules.add_perm("boards.edit_board", is_partnership_staff)
rules.add_perm("boards.edit_inductions", is_partnership_staff)
rules.add_perm("boards.edit_jargon", is_partnership_staff)
rules.add_perm("boards.watch_vacancies", is_partnership_staff)

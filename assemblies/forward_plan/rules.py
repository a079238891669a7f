"""Who edits a board's forward plan, and who reads all of it. Everybody else reads what is planned for public meetings."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import holds_seat_on, is_chair_of


@rules.predicate
def edits_plan(user, board) -> bool:
    """Staff, and whoever holds the chair's seat of the board today."""
    return is_partnership_staff(user) or is_chair_of(user, board)


@rules.predicate
def reads_plan(user, board) -> bool:
    """Staff, and who holds a seat on the board today or deputises for somebody who does."""
    return is_partnership_staff(user) or holds_seat_on(user, board, or_deputises=True)


@rules.predicate
def hands_in_report(user, item) -> bool:
    """Who edits the plan of the board, and who leads the item."""
    return edits_plan(user, item.board) or (user.is_authenticated and item.lead_id == user.pk)


rules.add_perm("forward_plan.edit_plan", edits_plan)
rules.add_perm("forward_plan.hand_in_report", hands_in_report)
rules.add_perm("forward_plan.read_plan", reads_plan)

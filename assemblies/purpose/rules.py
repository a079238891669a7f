"""Who writes down the purpose of a board, who asks its members about it, and who reads what each of them answered."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on, is_chair_of


@rules.predicate
def reads_answers(user, board) -> bool:
    """Staff, and who sits on the board, deputises there or acts for its chair. Everybody else reads counts, and words of those
    who may be quoted by name."""
    return user.is_authenticated and (is_partnership_staff(user) or board.pk in boards_sat_on(user))


rules.add_perm("purpose.write", is_partnership_staff | is_chair_of)
rules.add_perm("purpose.ask", is_chair_of)
rules.add_perm("purpose.read_answers", reads_answers)

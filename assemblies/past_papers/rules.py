"""Who imports old papers, and who takes one from view."""

import rules

from assemblies.papers.rules import is_second_person
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair_of


@rules.predicate
def chairs_its_board(user, paper) -> bool:
    """Chairs the board of the paper today, or acts for who does."""
    return paper is not None and is_chair_of(user, paper.meeting.board)


withdraws = is_partnership_staff | chairs_its_board


@rules.predicate
def decides_withdrawal(user, withdrawal) -> bool:
    """The second person: the chair, who acts for them, or one of the staff, but never who took the paper out of view."""
    return is_second_person(user, withdrawal) and bool(withdraws(user, withdrawal.paper))


rules.add_perm("past_papers.import_papers", is_partnership_staff)
rules.add_perm("past_papers.edit_paper", is_partnership_staff)
rules.add_perm("past_papers.withdraw_paper", withdraws)
rules.add_perm("past_papers.decide_withdrawal", decides_withdrawal)

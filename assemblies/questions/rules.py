"""Who says how a board takes questions, who decides on them, and who enters one that came on paper."""

import rules

from assemblies.questions.models import Question
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair_of


@rules.predicate
def decides_question(user, question: Question | None) -> bool:
    """Accepts, rejects and replies: staff, and whoever chairs the board that is asked today, or acts for its chair."""
    return question is not None and (is_partnership_staff(user) or is_chair_of(user, question.board))


rules.add_perm("questions.edit_rules", is_partnership_staff)
rules.add_perm("questions.enter_question", is_partnership_staff)
rules.add_perm("questions.decide_question", decides_question)

"""Who says how a board takes questions, who sees those to a meeting, and who enters one that came on paper.

Who decides on a question is said by `Question.objects.editable_by`: staff, and whoever chairs the board that it is put to, or
acts for its chair.
"""

import rules

from assemblies.meetings.rules import chairs, chairs_in_common, organises
from partnership.accounts.rules import is_partnership_staff

may_see_questions = organises | chairs | chairs_in_common
rules.add_perm("questions.see_questions", may_see_questions)
rules.add_perm("questions.edit_rules", is_partnership_staff)
rules.add_perm("questions.enter_question", is_partnership_staff)

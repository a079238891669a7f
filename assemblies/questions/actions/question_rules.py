"""Staff say how a board takes questions from the public."""

from typing import Any

from django.db import transaction

from assemblies.questions.models import QuestionRules
from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.models import Board


@transaction.atomic
def save(*, board: Board, by, revision: int | None = None, **facts: Any) -> QuestionRules:
    """Returns the rules as they stand now. Questions that were received stay, whatever the rules say after.

    Raises Stale when somebody else changed them since `revision`; with a revision of None nothing is checked.
    """
    Board.objects.select_for_update(no_key=True).get(pk=board.pk)
    row = QuestionRules.objects.filter(board=board).first() or QuestionRules(board=board)
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if row.pk and not changed:
        return row
    if row.pk:
        refuse_if_stale(row, revision, facts)
        row.revision += 1
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    audit.record(by=by, verb="board.question_rules_saved", subject=row, revision=row.revision, fields=changed)
    return row

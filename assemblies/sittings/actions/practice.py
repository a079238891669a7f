"""Staff say how a board records its decisions."""

from django.db import transaction

from assemblies.sittings.models import BoardPractice
from partnership import audit
from partnership.boards.models import Board


@transaction.atomic
def set_practice(*, board: Board, by, names_movers: bool, has_casting_vote: bool) -> BoardPractice:
    """Saves how the board decides, from its next entry on, and returns it."""
    facts = {"names_movers": names_movers, "has_casting_vote": has_casting_vote}
    row, _ = BoardPractice.objects.update_or_create(board=board, defaults=facts)
    audit.record(by=by, verb="board.practice_changed", subject=board, **facts)
    return row

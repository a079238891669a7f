"""Who says what members' views changed on an item."""

import rules

from assemblies.meetings.in_common import boards_of
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import seats_of


@rules.predicate
def marks_items(user, meeting) -> bool:
    """Staff, and whoever holds or deputises for a seat of one of its boards today."""
    return is_partnership_staff(user) or (
        user.is_authenticated
        and not {seat.board_id for seat in seats_of(user)}.isdisjoint(board.pk for board in boards_of(meeting))
    )


rules.add_perm("voice.mark_items", marks_items)

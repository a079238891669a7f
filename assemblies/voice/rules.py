"""Who says what members' views changed on an item."""

import rules

from assemblies.voice.models.call import seats_of
from partnership.accounts.rules import is_partnership_staff


@rules.predicate
def marks_items(user, meeting) -> bool:
    """Staff, and whoever holds or deputises for a seat of the host board today."""
    return is_partnership_staff(user) or (
        user.is_authenticated and seats_of(user).filter(board=meeting.board_id).exists()
    )


rules.add_perm("voice.mark_items", marks_items)

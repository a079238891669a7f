"""Who says what members' views changed on an item."""

import rules

from assemblies.meetings.in_common import boards_of
from assemblies.voice.models.call import seats_of
from partnership.accounts.rules import is_partnership_staff


@rules.predicate
def marks_items(user, meeting) -> bool:
    """Staff, and whoever holds or deputises for a seat of one of its boards today."""
    return is_partnership_staff(user) or (
        user.is_authenticated and seats_of(user).filter(board__in=boards_of(meeting)).exists()
    )


rules.add_perm("voice.mark_items", marks_items)

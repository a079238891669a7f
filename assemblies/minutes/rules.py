"""Who drafts minutes, agrees and confirms them: staff and the chair work on them; the chair, or who acts for them, agrees."""

import rules

from assemblies.minutes.models import Minutes
from assemblies.sittings.rules import may_record
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair_of


@rules.predicate
def chairs_board_of(user, minutes) -> bool:
    """Chairs the board of the minutes today, or acts for who does."""
    return minutes is not None and is_chair_of(user, minutes.board)


@rules.predicate
def was_there(user, minutes) -> bool:
    """Was at the meeting for the board, as its record says."""
    return minutes is not None and Minutes.objects.of_person(user).filter(pk=minutes.pk).exists()


def confirms_at(user, meeting) -> bool:
    """Enters that a meeting confirmed minutes: whoever may keep its record. Asked under the lock of the minutes."""
    return may_record(user, meeting)


rules.add_perm("minutes.write", is_partnership_staff | chairs_board_of)
rules.add_perm("minutes.draft_from_agenda", is_partnership_staff)
rules.add_perm("minutes.agree", chairs_board_of)
rules.add_perm("minutes.correct", was_there)

"""Who drafts minutes, agrees and confirms them: staff and the chair work on them; the chair, or who acts for them, agrees."""

import rules

from assemblies.minutes.models import Minutes
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import is_chair_of


@rules.predicate
def chairs_board_of(user, minutes) -> bool:
    """Chairs the board of the minutes today, or acts for who does."""
    return minutes is not None and is_chair_of(user, minutes.board)


@rules.predicate
def was_there(user, minutes) -> bool:
    """Was at the meeting for the board, as its record says."""
    return minutes is not None and Minutes.objects.of_person(user).filter(pk=minutes.pk).exists()


def may_write(user, minutes) -> bool:
    """Staff, and who chairs the board of the minutes or acts for them: not the chair of another board at the same meeting. Asked
    under the lock of the minutes, where what is remembered of a person does not count."""
    return is_partnership_staff(user) or Board.objects.chaired_by(user).filter(pk=minutes.board_id).exists()


rules.add_perm("minutes.write", is_partnership_staff | chairs_board_of)
rules.add_perm("minutes.draft_from_agenda", is_partnership_staff)
rules.add_perm("minutes.agree", chairs_board_of)
rules.add_perm("minutes.correct", was_there)

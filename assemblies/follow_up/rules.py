"""Who adds actions to the log of a board, and who closes one, puts it off or hands it on."""

import rules
from django.utils import timezone

from assemblies.follow_up.models import FollowUp
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by, boards_sat_on, is_chair_of


@rules.predicate
def works_on(user, follow_up) -> bool:
    """Its owner, the chair of its board or who acts for them, and staff."""
    return follow_up is not None and FollowUp.objects.editable_by(user).filter(pk=follow_up.pk).exists()


@rules.predicate
def reads_history(user, follow_up) -> bool:
    """Who has it, who sits on its board, and staff: what was said on the way is theirs to read."""
    if follow_up is None or not user.is_authenticated:
        return False
    return is_partnership_staff(user) or follow_up.owner_id == user.pk or follow_up.board_id in boards_sat_on(user)


def keeps_a_log(user, board=None) -> bool:
    """Whether the person keeps the log of the board, or of any: to draw a page, not to decide under a lock."""
    if is_partnership_staff(user):
        return True
    chaired = boards_chaired_by(user, timezone.localdate()) if user.is_authenticated else []
    return bool(chaired) if board is None else board in chaired


rules.add_perm("follow_up.work_on", works_on)
rules.add_perm("follow_up.read_history", reads_history)
rules.add_perm("follow_up.add_to_log", is_partnership_staff | is_chair_of)

"""Who adds actions to the log of a board, and who closes one, puts it off or hands it on."""

import rules

from assemblies.follow_up.models import FollowUp
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on, is_chair_of


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


rules.add_perm("follow_up.work_on", works_on)
rules.add_perm("follow_up.read_history", reads_history)
rules.add_perm("follow_up.add_to_log", is_partnership_staff | is_chair_of)
rules.add_perm("follow_up.hand_on_all", is_partnership_staff | is_chair_of)

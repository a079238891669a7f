"""Who may do what with an invitation list."""

import rules

from partnership.accounts.rules import is_partnership_staff
from places.footprint.rules import leads


@rules.predicate
def edits_list(user, invitation_list) -> bool:
    """Staff, and the leads of the list's own place."""
    return is_partnership_staff(user) or leads(user, invitation_list.place)


rules.add_perm("lists.edit_list", edits_list)

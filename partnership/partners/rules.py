"""Who may do what with partner organisations and memberships."""

import rules

from partnership.accounts.rules import is_staff


@rules.predicate
def is_member(user) -> bool:
    """Works or volunteers for a partner, as staff have accepted."""
    return user.is_authenticated and user.memberships.accepted().exists()


rules.add_perm("partners.edit", is_staff)
rules.add_perm("partners.decide_memberships", is_staff)

"""Who may do what with partner organisations and memberships."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.partners.models import Partner


@rules.predicate
def is_member(user) -> bool:
    """Works or volunteers for a partner, as staff have accepted."""
    return user.is_authenticated and user.memberships.accepted().exists()


@rules.predicate
def keeps(user, partner) -> bool:
    """Keeps the partner's own page: staff, and its officers."""
    return partner is not None and Partner.objects.editable_by(user).filter(pk=partner.pk).exists()


rules.add_perm("partners.edit", keeps)
rules.add_perm("partners.add_partner", is_partnership_staff)
rules.add_perm("partners.close_partner", is_partnership_staff)
rules.add_perm("partners.decide_memberships", is_partnership_staff)
rules.add_perm("partners.edit_groups", is_partnership_staff)
rules.add_perm("partners.import_partners", is_partnership_staff)
rules.add_perm("partners.merge_partners", is_partnership_staff)
rules.add_perm("partners.name_officers", is_partnership_staff)

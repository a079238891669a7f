"""Who records and reopens decisions: staff; of a board its chair; of an organisation its officers, each their own."""

import rules
from django.utils import timezone

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.partners.models import Partner
from partnership.partners.rules import memberships_of

PUBLIC_BODIES = (Partner.Kind.NHS_TRUST, Partner.Kind.ICB, Partner.Kind.SUB_ICB, Partner.Kind.COUNCIL)


@rules.predicate
def is_officer(user) -> bool:
    """Whether they are an officer of an organisation, as staff have named them."""
    return user.is_authenticated and any(each.is_officer for each in memberships_of(user))


@rules.predicate
def reopens(user, decision) -> bool:
    """Whether they may record that it was decided again: staff, who chairs its board today, the officer who took it."""
    if decision is None or not user.is_authenticated:
        return False
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())}
    return decision.board_id in chaired or decision.officer_id == user.pk


def decides_for(user):
    """The organisations for which the person may record decisions of an officer: for staff the public bodies, for others those
    whose officers they are."""
    listed = Partner.objects.filter(state=Partner.State.LISTED).order_by("name")
    if is_partnership_staff(user):
        return listed.filter(kind__in=PUBLIC_BODIES)
    return listed.filter(pk__in=[each.partner_id for each in memberships_of(user) if each.is_officer])


rules.add_perm("decisions.record_as_officer", is_partnership_staff | is_officer)
rules.add_perm("decisions.reopen", is_partnership_staff | reopens)

"""Who may do what with partner organisations and memberships."""

import rules
from django.conf import settings
from django.utils.module_loading import import_string

from partnership.accounts.rules import is_partnership_staff
from partnership.partners.models import Membership, Partner
from partnership.refusals import Refusal


@rules.predicate
def is_member(user) -> bool:
    """Works or volunteers for a partner, as staff have accepted."""
    return user.is_authenticated and user.memberships.accepted().exists()


def memberships_of(user) -> list[Membership]:
    """Where the person belongs or waits to be accepted, with the organisations. Asked once for each request, then
    remembered on the user: to draw a page, not to decide under a lock."""
    if not hasattr(user, "_memberships"):
        user._memberships = list(user.memberships.live().select_related("partner"))
    return user._memberships


@rules.predicate
def keeps(user, partner) -> bool:
    """Keeps the partner's own page: staff, and its officers."""
    return partner is not None and Partner.objects.editable_by(user).filter(pk=partner.pk).exists()


def refuse_interested(by, *partners: Partner) -> None:
    """Raises Refusal for who has an interest in one of these organisations, such as standing where it votes: as staff they
    decide neither who belongs to it nor whether it is still there. Later apps say who has (`PARTNER_INTERESTS`)."""
    for path in settings.PARTNER_INTERESTS:
        for partner in partners:
            if by is not None and (said := import_string(path)(partner, by)):
                raise Refusal(said)


def refuse_merged(*partners: Partner) -> None:
    """Nothing new arrives at an organisation that has become part of another: raises Refusal. The caller's transaction
    holds them, so that none is merged until what arrives is saved."""
    pks = [partner.pk for partner in partners]
    found = Partner.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk")
    for partner in found:  # not joined with what it was merged into: a row that was waited for keeps the join of before
        if partner.state == Partner.State.MERGED:
            raise Refusal(f"{partner} has become part of {partner.merged_into}. Go there instead.")


rules.add_perm("partners.edit", keeps)
rules.add_perm("partners.add_partner", is_partnership_staff)
rules.add_perm("partners.close_partner", is_partnership_staff)
rules.add_perm("partners.decide_memberships", is_partnership_staff)
rules.add_perm("partners.edit_groups", is_partnership_staff)
rules.add_perm("partners.import_partners", is_partnership_staff)
rules.add_perm("partners.merge_partners", is_partnership_staff)
rules.add_perm("partners.name_officers", is_partnership_staff)

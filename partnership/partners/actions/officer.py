"""Who keeps an organisation's own page."""

from django.db import transaction

from partnership import audit
from partnership.partners.models import Membership
from partnership.refusals import Refusal


@transaction.atomic
def set_part(*, membership: Membership, by, part: str) -> Membership:
    """Makes a member an officer, or an officer a member. Raises Refusal unless staff have accepted the membership."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user", "partner")
    locked = rows.get(pk=membership.pk)
    if locked.state != Membership.State.ACCEPTED:
        raise Refusal("Accept the membership first: only members can be officers.")
    if locked.part != part:
        locked.part = Membership.Part(part)
        locked.save(update_fields=["part"])
        audit.record(by=by, verb="membership.part_changed", subject=locked, part=part)
    return locked

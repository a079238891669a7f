"""Who keeps an organisation's own page."""

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.partners import emails
from partnership.partners.models import Membership
from partnership.partners.rules import refuse_interested
from partnership.refusals import Refusal, refuse_about_oneself


@transaction.atomic
def set_part(*, membership: Membership, by, part: str) -> Membership:
    """Makes a member an officer, or an officer a member. Raises Refusal unless staff have accepted the membership, and for
    one's own, and for staff with an interest in the organisation. The person and the other officers are told."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
    locked = rows.get(pk=membership.pk)
    if locked.state != Membership.State.ACCEPTED:
        raise Refusal("Accept the membership first: only members can be officers.")
    if part == Membership.Part.OFFICER:
        refuse_about_oneself(by, locked.user, "You cannot make yourself an officer. Ask another member of staff.")
    if locked.user != by:  # everybody may give up a right of their own
        refuse_interested(by, locked.partner)
    if locked.part != part:
        make_part(locked, part)
        audit.record(by=by, verb="membership.part_changed", subject=locked, part=part)
        emails.people_changed(locked, "officer" if locked.is_officer else "no_officer", by, also=[locked.user])
    return locked


def make_part(membership: Membership, part: str) -> None:
    """Writes the part, and since when the person is an officer. Called under the membership's lock."""
    membership.part = Membership.Part(part)
    membership.officer_since = timezone.now() if membership.part == Membership.Part.OFFICER else None
    membership.save(update_fields=["part", "officer_since"])

"""Which partners work in a place."""

from django.db import transaction

from partnership import audit
from partnership.partners.actions import partner as partners
from partnership.partners.models import Partner
from places.footprint.models import Place


@transaction.atomic
def add_partner(*, place: Place, partner: Partner, by) -> None:
    """Notes that a partner works in the place. Doing it twice changes nothing."""
    partners.set_place(partner=partner, by=by, place=place, works_there=True)
    audit.record(by=by, verb="place.partner.added", subject=place, partner=partner.name)


@transaction.atomic
def remove_partner(*, place: Place, partner: Partner, by) -> None:
    partners.set_place(partner=partner, by=by, place=place, works_there=False)
    audit.record(by=by, verb="place.partner.removed", subject=place, partner=partner.name)

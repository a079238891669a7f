"""Who may do what for a place."""

import rules

from partnership.accounts.rules import is_partnership_staff
from places.footprint.models import Place


@rules.predicate
def is_place_lead(user) -> bool:
    """Leads any place today. Asked once for each request, then remembered on the user."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "_leads_a_place"):
        user._leads_a_place = Place.objects.led_by(user).exists()
    return user._leads_a_place


@rules.predicate
def leads(user, place) -> bool:
    """Leads this place today."""
    return place is not None and Place.objects.led_by(user).filter(pk=place.pk).exists()


rules.add_perm("places.edit_place", is_partnership_staff)
rules.add_perm("places.name_leads", is_partnership_staff)

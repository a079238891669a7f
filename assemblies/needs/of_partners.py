"""What the directory asks of officers of an organisation, and of staff."""

from collections.abc import Iterator

from django.urls import reverse

from assemblies.needs.need import Need
from partnership.accounts.rules import is_partnership_staff
from partnership.partners.actions import yearly_check
from partnership.partners.models import Partner


def pages_to_check(user) -> Iterator[Need]:
    """Pages of the person's own organisations that we have asked about, and nobody has answered for."""
    rows = Partner.objects.public().filter(pk__in=user.memberships.officers().values("partner"), asked_on__isnull=False)
    for partner in rows:
        yield Need(
            title=f"Is the page of {partner} still right?",
            why="We ask once a year. Check it, then confirm or change it.",
            url=reverse("partner_check", args=[yearly_check.key_for(partner, user.email)]),
        )


def partners_without_contact(user) -> Iterator[Need]:
    count = Partner.objects.visible_to(user).without_contact().count() if is_partnership_staff(user) else 0
    if count:
        yield Need(
            title=f"Find a contact for {count:,} organisation{'' if count == 1 else 's'}",
            why="We have nobody to contact there.",
            url=reverse("partners_no_contact"),
        )

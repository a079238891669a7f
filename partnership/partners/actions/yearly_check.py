"""Once a year each organisation is asked whether its page is still right; then at most once a month until it answers."""

from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from partnership import audit
from partnership.one_by_one import one_by_one
from partnership.partners import emails
from partnership.partners.models import Partner

AT_ONCE = 100  # organisations in one run, so that nobody else's emails wait for long
BETWEEN_REMINDERS = timedelta(days=30)
LINK_LASTS = timedelta(days=100)
SALT = "partners.yearly_check"


def recipients(partner: Partner) -> dict[str, str]:
    """Returns who to ask, name by address: its officers; failing these its contacts; failing these its general address."""
    officers = partner.memberships.officers().filter(user__is_active=True).select_related("user")
    found = {row.user.email: row.user.name for row in officers}
    found = found or {row.email: row.name for row in partner.contacts.all() if row.email}
    return found or ({partner.email.lower(): ""} if partner.email else {})


def ask_due(today: date | None = None) -> int:
    """Asks those whose last check is a year old and who have not been asked for a month; returns how many were asked."""
    today = today or timezone.localdate()
    due = Partner.objects.due_for_check(today, today - BETWEEN_REMINDERS).order_by("asked_on", "pk")
    partners = list(due.values_list("pk", flat=True)[:AT_ONCE])
    return one_by_one(partners, lambda pk: _ask(pk, today), "the yearly check of organisation")


@transaction.atomic
def _ask(pk: int, today: date) -> bool:
    due = Partner.objects.due_for_check(today, today - BETWEEN_REMINDERS)
    partner = due.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if partner is None:  # another worker has just asked, or somebody answered
        return False
    to = recipients(partner)
    for email, name in to.items():
        emails.still_right(partner, email, name, reverse("partner_check", args=[key_for(partner, email)]), today)
    partner.asked_on = today  # also where there is nobody to ask: staff see it under "no contact"
    partner.save(update_fields=["asked_on"])
    if to:
        audit.record(by=None, verb="partner.asked_to_check", subject=partner, people=len(to))
    return bool(to)


def key_for(partner: Partner, email: str) -> str:
    """Returns the secret part of the link of one person, to look at and change one organisation's page."""
    return signing.dumps([partner.pk, email], salt=SALT)


def holder_of(key: str) -> Partner | None:
    """Returns the partner whose page the holder of the link keeps; None once it is old, or they are no contact any more."""
    try:
        pk, email = signing.loads(key, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    partner = Partner.objects.public().filter(pk=pk).first()
    return partner if partner and email in recipients(partner) else None

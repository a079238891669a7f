"""What we write to people about an organisation, and about their membership of it."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from partnership import outbox
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key
from partnership.partners.models import Membership, Partner


def membership_accepted(membership: Membership) -> None:
    _to_member("membership_accepted", membership, key=message_key("membership", membership.pk, membership.state))


def membership_refused(membership: Membership) -> None:
    _to_member("membership_refused", membership, key=message_key("membership", membership.pk, membership.state))


def organisation_closed(membership: Membership, partner: Partner) -> None:
    """To somebody whose membership ended with the organisation."""
    assert partner.closed_on is not None
    key = message_key("membership", membership.pk, "closed", partner.closed_on.isoformat())
    _to_member("organisation_closed", membership, key=key, closed=partner, successor=partner.successor)


def only_contact_left(membership: Membership) -> None:
    """To somebody who left and was the only contact: asks who we can write to now."""
    _to_member("only_contact_left", membership, key=message_key("membership", membership.pk, "only-contact"))


def still_right(partner: Partner, to: str, name: str, link: str, on: date) -> None:
    """Asks somebody of the organisation whether its page is still right. Once for each person and day."""
    words = {"partner": partner, "name": name, "check_url": f"{settings.PORTAL_URL}{link}", "last": partner.checked_on}
    subject, text, html = compose("partners/still_right", words)
    outbox.enqueue(
        key=message_key("partner", partner.pk, "check", on.isoformat(), to),
        to=to,
        to_name=name,
        subject=subject,
        text=text,
        html=html,
        about=about("partner", partner.pk),
        sensitive=True,
    )


def _to_member(template: str, membership: Membership, *, key: str, **more) -> None:
    words = {"membership": membership, "person": membership.user, "partner": membership.partner} | more
    words["organisation_url"] = settings.PORTAL_URL + reverse("organisation_join")
    words["meetings_url"] = settings.PORTAL_URL + reverse("meetings")
    subject, text, html = compose(f"partners/{template}", words)
    outbox.enqueue(
        key=key,
        to=membership.user.email,
        to_name=membership.user.name,
        subject=subject,
        text=text,
        html=html,
        about=about("membership", membership.pk),
    )

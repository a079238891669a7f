"""What we write to people about an organisation, and about their membership of it."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from partnership import outbox
from partnership.accounts.models import User
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


def people_changed(membership: Membership, what: str, by, also: Iterable[User] = ()) -> None:
    """To the organisation's officers, and to `also`: somebody "joined" or "left", is "officer" or "no_officer" now.

    Not to who did it. Whoever loses a right learns of it, and so does the organisation when somebody gets one.
    """
    partner = membership.partner
    officers = partner.memberships.officers().exclude(pk=membership.pk).select_related("user")
    people = {person.pk: person for person in (*also, *(each.user for each in officers))}
    at = f"{timezone.now():%Y%m%d%H%M%S%f}"
    for person in people.values():
        if person.is_active and person != by:
            words = {"person": person, "about": membership.user, "partner": partner, "what": what, "by": by}
            words["is_self"] = person == membership.user
            words["link"] = settings.PORTAL_URL + (partner.get_absolute_url() or reverse("partners"))
            subject, text, html = compose("partners/people_changed", words)
            outbox.enqueue(
                key=message_key("membership", membership.pk, what, at, person.pk),
                to=person.email,
                to_name=person.name,
                subject=subject,
                text=text,
                html=html,
                about=about("membership", membership.pk),
            )


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

"""What we write to people about their membership of a partner."""

from django.conf import settings

from partnership import outbox
from partnership.outbox.compose import compose
from partnership.partners.models import Membership


def membership_accepted(membership: Membership) -> None:
    _send("membership_accepted", membership)


def membership_refused(membership: Membership) -> None:
    _send("membership_refused", membership)


def _send(template: str, membership: Membership) -> None:
    words = {"membership": membership, "person": membership.user, "partner": membership.partner}
    words["organisation_url"] = f"{settings.PORTAL_URL}/account/organisation/"
    words["meetings_url"] = f"{settings.PORTAL_URL}/meetings/"
    subject, text, html = compose(template, words)
    outbox.enqueue(
        key=f"membership:{membership.pk}:{membership.state}",
        to=membership.user.email,
        to_name=membership.user.name,
        subject=subject,
        text=text,
        html=html,
        about=f"membership:{membership.pk}",
    )

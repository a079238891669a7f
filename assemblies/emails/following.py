"""The mail that asks whoever reads an address whether they want to follow a meeting."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.models import Follower
from partnership import outbox
from partnership.outbox.compose import compose


def link_of(follower: Follower) -> str:
    """Returns the follower's own link: it confirms the address, and stops the mails. Put it into each mail to them."""
    return f"{settings.PORTAL_URL}{reverse('follow_link', args=[follower.meeting.slug, follower.key])}"


def confirm_following(follower: Follower) -> None:
    """Queues the mail; asked several times in a day, it is sent once."""
    meeting = follower.meeting
    subject, text, html = compose("follow_confirm", {"meeting": meeting, "link": link_of(follower)})
    outbox.enqueue(
        key=f"follower:{follower.pk}:confirm:{timezone.localdate():%Y-%m-%d}",
        to=follower.email,
        subject=subject,
        text=text,
        html=html,
        not_after=meeting.ends_at,
        about=f"follower:{follower.pk}",
        sensitive=True,
    )

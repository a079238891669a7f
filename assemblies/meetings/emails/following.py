"""The email that asks whoever reads an address whether they want to follow a meeting."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Follower
from partnership import outbox
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key


def link_of(follower: Follower) -> str:
    """Returns the follower's own link: it confirms the address, and stops the emails. Put it into each email to them."""
    return f"{settings.PORTAL_URL}{reverse('follow_link', args=[follower.meeting.slug, follower.key])}"


def stop_link(follower: Follower) -> str:
    """Returns the link that stops the emails by one request, for mail programs."""
    return f"{settings.PORTAL_URL}{reverse('follow_stop', args=[follower.meeting.slug, follower.key])}"


def confirm_following(follower: Follower) -> None:
    """Queues the email; asked several times in a day, it is sent once."""
    meeting = follower.meeting
    subject, text, html = compose("meetings/follow_confirm", {"meeting": meeting, "link": link_of(follower)})
    outbox.enqueue(
        key=message_key("follower", follower.pk, "confirm", timezone.localdate().isoformat()),
        to=follower.email,
        subject=subject,
        text=text,
        html=html,
        not_after=meeting.ends_at,
        about=about("follower", follower.pk),
        sensitive=True,
    )

"""What we write to those who apply for a post, and to its panel. Links to an application are secret."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from partnership import outbox
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key
from partnership.posts.models import Application, PanelMember


def received(application: Application) -> None:
    _to_applicant("application_received", application, message_key("application", application.pk, "received"))


def known_already(application: Application) -> None:
    """At most one a day, however often somebody sends."""
    today = timezone.localdate().isoformat()
    _to_applicant("application_known", application, message_key("application", application.pk, "known", today))


def outcome(application: Application) -> None:
    """Shortlisted or not, appointed or not: once for each."""
    _to_applicant("application_outcome", application, message_key("application", application.pk, application.state))


def panel_asked(member: PanelMember) -> None:
    _to_panel("panel_asked", member, "asked")


def panel_left(member: PanelMember) -> None:
    """To somebody who was taken off a panel."""
    _to_panel("panel_left", member, "left")


def _to_panel(template: str, member: PanelMember, reason: str) -> None:
    post = member.post
    words = {
        "person": member.user,
        "post": post,
        "link": f"{settings.PORTAL_URL}{reverse('post_manage', args=[post.slug])}",
    }
    subject, text, html = compose(f"posts/{template}", words)
    outbox.enqueue(
        key=message_key("panel", member.pk, reason), to=member.user.email, to_name=member.user.name, subject=subject, text=text,
        html=html, about=about("post", post.pk),
    )  # fmt: skip


def _to_applicant(template: str, application: Application, key: str) -> None:
    known = (
        application.state != Application.State.RECEIVED
    )  # until staff have read it, a stranger may have typed the name
    words = {
        "greeting": f"Dear {application.name}" if known and application.name else "Hello",
        "application": application,
        "post": application.post,
        "link": f"{settings.PORTAL_URL}{reverse('application_own', args=[application.key])}",
    }
    subject, text, html = compose(f"posts/{template}", words)
    outbox.enqueue(
        key=key, to=application.email, to_name=application.name if known else "", subject=subject, text=text, html=html,
        about=about("application", application.pk), sensitive=True,
    )  # fmt: skip

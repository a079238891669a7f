"""How sign-in reaches people: its mails leave through the outbox like every other."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import timezone

from partnership import outbox

USEFUL_FOR = timezone.timedelta(hours=1)  # a code or link that arrives later only confuses


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with our outbox behind it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of allauth's mails: ahead of all others, never shown to staff, blanked once it is sent."""
        words = {"email": email, "portal_name": settings.PORTAL_NAME} | context
        message = self.render_mail(template_prefix, email, words)
        html = next((content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"), "")
        outbox.enqueue(
            key=f"account:{uuid.uuid4()}",
            to=email,
            subject=message.subject,
            text=message.body,
            html=html,
            about=f"account:{template_prefix.rpartition('/')[2]}",
            not_after=timezone.now() + USEFUL_FOR,
            sensitive=True,
        )

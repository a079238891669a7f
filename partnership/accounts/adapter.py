"""How sign-in reaches people: its emails leave through the outbox like every other."""

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from partnership import outbox
from partnership.limits import client
from partnership.outbox.message_keys import about, message_key

USEFUL_FOR = timedelta(hours=1)  # a code or link that arrives later only confuses


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with our outbox behind it and plainer words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or password is wrong: check both, or ask for a code",
        "enter_current_password": "That is not your current password",
        "incorrect_code": "That is not the code: use the newest email and check each letter",
        "incorrect_password": "That is not your password",
        "same_as_current": "That is already your email address",
        "too_many_login_attempts": "Too many tries: wait a few minutes, then try again",
        "rate_limited": "Too many tries: wait a few minutes, then try again",
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client.address_of(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_the_portal(super().get_reset_password_from_key_url(key))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What guesses at one account are counted by: the address alone. allauth adds the host that the request names, and
        each port makes another one, so guesses would have no end."""
        return credentials.get("email", credentials.get("username", "")).lower()

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "partnership.accounts.stages.AuthenticateStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of allauth's emails: ahead of all others, never shown to staff, blanked once it is sent. Whoever asks may
        be a stranger to whoever reads it, so every link in it is at the portal's own address."""
        links = {name: _at_the_portal(value) for name, value in context.items() if name.endswith("_url") and value}
        words = {"email": email, "portal_name": settings.PORTAL_NAME} | context | links
        message = self.render_mail(template_prefix, email, words)
        html = next((content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"), "")
        outbox.enqueue(
            key=message_key("account", uuid.uuid4()),
            to=email,
            subject=message.subject,
            text=message.body,
            html=html,
            about=about("account", template_prefix.rpartition("/")[2]),
            not_after=timezone.now() + USEFUL_FOR,
            sensitive=True,
        )


def _at_the_portal(url: str) -> str:
    """The same page at the portal's own address, whatever host and port the request that asked for it named."""
    return settings.PORTAL_URL + urlsplit(url).path

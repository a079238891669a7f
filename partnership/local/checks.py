"""A demonstration lets anybody sign in as anybody, so it must stay on the machine it runs on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

from partnership import hosts


@register("demonstration")
def demonstration_stays_local(**kwargs) -> list[Error]:
    """local.E001 when DEMONSTRATION is on and the portal or its mail would reach beyond this machine."""
    found = list(settings.REACHED_BY_OTHERS)
    if settings.TRUSTED_PROXIES:
        found.append(f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}")
    mail_host = urlsplit(settings.EMAIL_URL).hostname
    if mail_host and not hosts.is_loopback(mail_host):
        found.append(f"EMAIL_URL sends to {mail_host}")
    return [
        Error(
            f"DEMONSTRATION is on, where anyone can sign in as anyone, but {what}, which is not this machine alone.",
            hint="Turn DEMONSTRATION off, or use 127.0.0.1.",
            id="local.E001",
        )
        for what in found
    ]

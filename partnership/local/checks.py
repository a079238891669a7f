"""A demonstration lets anybody sign in as anybody, so it must stay on the machine it runs on."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register


@register("demonstration")
def demonstration_stays_local(**kwargs) -> list[Error]:
    """local.E001 when DEMONSTRATION is on and the portal or its mail would reach beyond this machine."""
    found = []
    if not is_loopback(settings.BIND):
        found.append(f"BIND is {settings.BIND}")
    mail_host = urlsplit(settings.EMAIL_URL).hostname
    if mail_host and not is_loopback(mail_host):
        found.append(f"EMAIL_URL sends to {mail_host}")
    return [
        Error(
            f"DEMONSTRATION is on, where anyone can sign in as anyone, but {what}, which is not this machine alone.",
            hint="Turn DEMONSTRATION off, or use 127.0.0.1.",
            id="local.E001",
        )
        for what in found
    ]


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine only. A name other than localhost is never trusted to."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

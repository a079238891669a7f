"""Who is asking: the address a request came from, past the proxies in front that are ours.

Each proxy adds to X-Forwarded-For the address that called it. The last entries are written by ours, as many as
`TRUSTED_PROXIES` says; whatever stands before them may be made up.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from partnership.limits.naming import hashed

IPV6_PREFIX = 64  # what one household or office is given; whoever has one has all its addresses


def address_of(request: HttpRequest) -> str:
    """Returns the caller's IP address as text; empty where there is none, as on a unix socket without a proxy.

    A request that came past fewer proxies than there are has fewer entries: the first is then the caller.
    """
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-settings.TRUSTED_PROXIES :]
    found = _read(entries[0]) if settings.TRUSTED_PROXIES else None
    found = found or _read(request.META.get("REMOTE_ADDR", ""))
    return str(found or "")


def network_of(request: HttpRequest) -> str:
    """Returns what limits count by: the address, of IPv6 its first 64 bits."""
    address = address_of(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))


def hashed_network_of(request: HttpRequest) -> str:
    """Returns 64 letters and digits for the network: the same for the same one, and no address."""
    return hashed(f"network:{network_of(request)}")


def _read(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as proxies write it: alone, with a port, in brackets, or IPv4 inside IPv6."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

"""Which hosts mean this machine alone."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine only. A name other than localhost is never trusted to."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def reached_by_others(*, bind: str, portal_url: str, allowed_hosts: list[str]) -> list[str]:
    """Returns a sentence for each setting by which others than this machine may reach the portal."""
    found = []
    if not is_loopback(bind):
        found.append(f"BIND is {bind}")
    if not is_loopback(urlsplit(portal_url).hostname or ""):
        found.append(f"PORTAL_URL is {portal_url}")
    found += [f"ALLOWED_HOSTS has {host}" for host in allowed_hosts if not is_loopback(host)]
    return found

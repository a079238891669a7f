"""The address that calendar programs answer to: one for each person and meeting, so that nobody can answer for another.

    replies+<key>@example.org

The key is made from the entry's UID and the person's address with SECRET_KEY, and checked by making it again: nothing is stored,
and an invitation, its updates and its cancellation name the same organizer. It opens no page.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "assemblies.meetings.reply_address"
LENGTH = 32  # hexadecimal digits: 128 bits


def are_read() -> bool:
    """Whether answers of calendar programs are read: then, and only then, entries ask for them."""
    return bool(settings.MAILBOX_URL and settings.REPLIES_EMAIL)


def of(uid: str, email: str) -> str:
    """Returns the address for one person's entry; "" where answers are not read."""
    if not are_read():
        return ""
    local, _, domain = settings.REPLIES_EMAIL.rpartition("@")
    return f"{local}+{_key(uid, email, settings.SECRET_KEY)}@{domain}"


def keys_in(header: str) -> list[str]:
    """Returns the keys in the addresses of ours that a header holds."""
    if not are_read():
        return []
    local, _, domain = settings.REPLIES_EMAIL.lower().rpartition("@")
    return re.findall(
        rf"(?<![\w.+-]){re.escape(local)}\+([0-9a-z]{{1,64}})@{re.escape(domain)}(?![\w.-])", header.lower()
    )


def belongs(key: str, uid: str, email: str) -> bool:
    """Whether the key is the one of this person's entry."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(key, _key(uid, email, secret)) for secret in secrets)


def _key(uid: str, email: str, secret: str) -> str:
    made = salted_hmac(SALT, f"{uid} {email.strip().lower()}", secret=secret, algorithm="sha256")
    return made.hexdigest()[:LENGTH]

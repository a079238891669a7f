"""Personal links: the key in the address identifies the person, so it is made, read and kept out of logs in one place."""

import re
from secrets import token_urlsafe

from django.urls import register_converter

# Where an address holds a key, whole or cut short: `partnership/urls.py` and what it includes.
AFTER = r"/(?:i|r|follow|(?<!/home/)calendar|partners/check|posts/applications|password/reset/key)/"
# Capitals tell a key from the name of a meeting. An address within an address has its slashes as %2F.
KEY = r"(?:(?<![\w-])|(?<=%2[Ff]))(?=[\w-]{0,42}[A-Z])[A-Za-z0-9_-]{43}(?![\w-])"
IN_TEXT = re.compile(rf"(?P<before>{AFTER})(?!sent/)[^\s/?#\"'<>]+|{KEY}")
CUT = "…"


def new_key() -> str:
    """Returns a key for a personal link: 32 random bytes, safe in an address."""
    return token_urlsafe(32)


def cut_keys(text: str) -> str:
    """Returns the text, such as a line of a log, without the keys in it: "/r/…/change/"."""
    return IN_TEXT.sub(lambda found: f"{found['before'] or ''}{CUT}", text)


class KeyConverter:
    """A key in an address, as `<key:key>`. Any text without a slash or control character, so that a link somebody cut short
    leads to the page that says how to get a new one, and none of it breaks a query.
    """

    regex = r"[^/\x00-\x1f\x7f]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "key")

"""Personal links: the key in the address identifies the person. `partnership.logs` cuts it from what is logged."""

from secrets import token_urlsafe

from django.urls import register_converter


def new_key() -> str:
    """Returns a key for a personal link: 32 random bytes, safe in an address."""
    return token_urlsafe(32)


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

"""Keys of personal links: made at random, read from addresses, cut from logs."""

import re

import pytest
from django.urls import URLPattern, get_resolver, reverse

from partnership import keys, logs

KEY = "aB3_-" + "x" * 37 + "Z"


def holding_keys(patterns, before: str = "") -> list[str]:
    """The addresses of the portal that hold a key, or another secret of one person, with a key in its place."""
    found = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if re.search(r"<(key:\w+|uuid:key)>", route):
                filled = re.sub(r"<(key:\w+|uuid:key)>", KEY, route)
                found.append("/" + re.sub(r"<\w+:\w+>", "one", filled))
        else:
            found += holding_keys(pattern.url_patterns, route)
    return found


ADDRESSES = [*holding_keys(get_resolver().url_patterns), f"/account/password/reset/key/3-{KEY}/"]


def test_key_is_long_random_and_fits_an_address():
    found = {keys.new_key() for _ in range(100)}
    assert len(found) == 100
    assert all(re.fullmatch(r"[\w-]{43}", key) for key in found)
    assert reverse("registration", args=[KEY]) == f"/r/{KEY}/"


def test_addresses_with_keys_are_all_known():
    assert len(ADDRESSES) >= 16


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("key", [KEY, KEY[:20], KEY.lower()])
def test_key_in_any_address_is_cut_from_logs(address, key):
    address = address.replace(KEY, key)
    line = f'127.0.0.1 - "GET {address}?next=1 HTTP/1.1" 500'
    cut = logs.cut_keys(line)
    assert key not in cut
    assert cut.startswith('127.0.0.1 - "GET /')
    assert cut.endswith('?next=1 HTTP/1.1" 500')


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (f"Referer: /login/?next=%2Fr%2F{KEY}%2Fchange%2F", "Referer: /login/?next=%2Fr%2F…%2Fchange%2F"),
        (f"DoesNotExist: key={KEY}", "DoesNotExist: key=…"),
        (f"/i/{KEY}/ and /calendar/{KEY}.ics", "/i/…/ and /calendar/…"),
        (
            "Internal Server Error: /partners/check/WzEsImEiXQ:1abc:sig/change/",
            "Internal Server Error: /partners/check/…/change/",
        ),
    ],
)
def test_key_is_cut_wherever_it_stands(text, cut):
    assert logs.cut_keys(text) == cut


@pytest.mark.parametrize(
    "text",
    [
        "/meetings/partnership-board-in-public-17-september-20/",
        "/meetings/winter-assembly/follow/ HTTP/1.1",
        "/r/ /r/sent/ /home/calendar/reset/ /calendar.ics",
        "/static/css/govuk-frontend-5.11.0.min.0123456789abcdef.css",
    ],
)
def test_what_holds_no_key_stays(text):
    assert logs.cut_keys(text) == text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/r/{}/", "/i/{}/", "/r/{}/change/"])
def test_link_cut_short_says_how_to_get_a_new_one(client, address):
    assert client.get(address.format(KEY[:20])).status_code == 404
    assert "link" in client.get(address.format(KEY[:20] + "…")).text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_nul_in_a_key_is_refused(client, address):
    assert client.get(address.replace(KEY, "a%00b")).status_code == 400

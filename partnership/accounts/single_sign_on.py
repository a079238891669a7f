"""Signing in with the account of an NHS body or a council: which providers there are, as the environment says."""

import json
from typing import Any
from urllib.parse import urlsplit

NEEDED = ("id", "name", "server_url", "client_id", "secret")
HERE = {"127.0.0.1", "localhost", "::1"}


def read(text: str) -> list[dict[str, Any]]:
    """Returns the providers of OIDC_PROVIDERS. Raises ValueError, saying what to put right.

    `second_factor` is true only where the provider itself asks everybody for a second step. The address has to be
    https: what the provider says is believed because nobody else can speak from there.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ValueError(f"OIDC_PROVIDERS is not JSON: {error}") from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ValueError("OIDC_PROVIDERS must be a list of providers in JSON.")
    for each in found:
        if lacks := [name for name in NEEDED if not each.get(name)]:
            raise ValueError(f"A provider in OIDC_PROVIDERS lacks {', '.join(lacks)}.")
        address = urlsplit(each["server_url"])
        if address.scheme != "https" and address.hostname not in HERE:
            raise ValueError(f"The server_url of {each['name']} in OIDC_PROVIDERS must begin with https://.")
        if not any(each.setdefault("second_factor", False) is said for said in (True, False)):
            raise ValueError(f"The second_factor of {each['name']} in OIDC_PROVIDERS must be true or false.")
    if len({each["id"] for each in found}) < len(found):
        raise ValueError("Each provider in OIDC_PROVIDERS needs an id of its own.")
    return found


def settings_for(providers: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns the settings allauth takes for these providers."""
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": each["id"],
                    "name": each["name"],
                    "client_id": each["client_id"],
                    "secret": each["secret"],
                    "settings": {"server_url": each["server_url"]},
                }
                for each in providers
            ],
        }
    }

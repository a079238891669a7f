"""What no browser sends, posted to every address: it is cleaned or refused, and never breaks a page."""

from django.db import transaction

from tests.world import every_address

FIELDS = (
    "action", "action_primary", "action_remove", "action_send", "again", "agreed", "answer", "authenticators", "change",
    "chosen", "code", "confirm", "credential", "direction", "due_on", "email", "id", "key", "link", "login", "name", "next",
    "on", "other", "page", "part", "partner", "password", "place", "places", "q", "reason", "receipt", "revision", "seen",
    "state", "text", "title", "to", "undo", "words",
)  # fmt: skip
POSTED = {name: ["²", "9" * 30, "a\x00\r\nb"] for name in FIELDS}  # a view that reads one value gets the last
WITHOUT = {"healthz", "mfa_reauthenticate"}  # 503 without a worker; and people here have an app without a secret


def test_no_address_breaks_over_what_is_posted(demonstration):
    broken = []
    for name, route, words in every_address():
        address = demonstration.world.address(name, route, words)
        for role in ("anonymous", "member", "staff"):
            with transaction.atomic():
                status = demonstration.world.client(role).post(address, POSTED).status_code
                transaction.set_rollback(True)
            if status >= 500 and name not in WITHOUT:
                broken.append(f"{name}: {role} gets {status}")
    assert broken == []

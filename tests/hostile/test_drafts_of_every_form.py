"""What somebody might try at every address at once: a form without its token."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.world import every_address


def test_refused_public_forms_write_nothing(demonstration):
    """A refused form is opened again as by a link: every public address that takes a form is tried, and none writes."""
    wrote = []
    typed = {
        "name": "A",
        "email": "a@example.org",
        "answer": "yes",
        "text": "x",
        "confirm": "1",
        "login": "a@example.org",
    }
    for name, route, words in every_address():
        address = demonstration.world.address(name, route, words)
        with CaptureQueriesContext(connection) as asked:
            answer = Client(enforce_csrf_checks=True, raise_request_exception=False).post(address, typed)
        writes = [each["sql"][:80] for each in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", each["sql"])]
        if writes:
            wrote.append(f"{name}: {answer.status_code} {writes}")
    assert wrote == []

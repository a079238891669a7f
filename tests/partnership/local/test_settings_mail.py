"""Where people are told to write, by what the environment says."""

import os
import subprocess
import sys

import pytest

from partnership.local.services.places import BASE_DIR

SHOW = "from partnership.settings import mail; print(mail.CONTACT_EMAIL, mail.SECURITY_CONTACT)"
FROM = {"DEFAULT_FROM_EMAIL": "Leeds <no-reply@leeds.example>"}
NAMES = ("DEFAULT_FROM_EMAIL", "CONTACT_EMAIL", "SECURITY_CONTACT")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (FROM, "no-reply@leeds.example no-reply@leeds.example"),
        (FROM | {"CONTACT_EMAIL": ""}, "no-reply@leeds.example no-reply@leeds.example"),
        (FROM | {"CONTACT_EMAIL": "hello@leeds.example"}, "hello@leeds.example hello@leeds.example"),
        (FROM | {"CONTACT_EMAIL": "Leeds <hello@leeds.example>"}, "hello@leeds.example hello@leeds.example"),
        (
            FROM | {"CONTACT_EMAIL": "hello@leeds.example", "SECURITY_CONTACT": "cert@leeds.example"},
            "hello@leeds.example cert@leeds.example",
        ),
    ],
)
def test_people_write_to_the_contact_or_else_where_emails_come_from(said, shown):
    environment = {name: value for name, value in os.environ.items() if name not in NAMES} | said
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == shown

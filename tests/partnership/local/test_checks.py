"""A demonstration lets anybody be anybody: it must not start where others could reach it."""

import subprocess
import sys

import pytest

from partnership.local.checks import is_loopback


def start(environment, **more):
    """Loads what gunicorn would serve. Returns the finished process."""
    command = [sys.executable, "-c", "import partnership.wsgi"]
    return subprocess.run(command, env=environment(**more), capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BIND", "0.0.0.0", "BIND is 0.0.0.0"),
        ("BIND", "portal.example.org", "BIND is portal.example.org"),
        ("EMAIL_URL", "smtp://user:secret@mail.example.org:587", "EMAIL_URL sends to mail.example.org"),
    ],
)
def test_portal_refuses_to_start_a_demonstration_in_the_open(process_environment, name, value, says):
    refused = start(process_environment, DEMONSTRATION="1", **{name: value})
    assert refused.returncode != 0
    assert "local.E001" in refused.stderr
    assert says in refused.stderr
    assert "secret" not in refused.stderr


def test_portal_starts_a_demonstration_on_loopback(process_environment):
    assert start(process_environment, DEMONSTRATION="1", BIND="127.0.0.1").returncode == 0


def test_portal_starts_in_the_open_without_demonstration(process_environment):
    assert start(process_environment, DEMONSTRATION="0", BIND="0.0.0.0", SECRET_KEY="k" * 50).returncode == 0


@pytest.mark.parametrize("more", [{"BIND": "0.0.0.0"}, {"PORTAL_URL": "https://portal.example.org"}])
def test_portal_refuses_to_start_in_public_with_the_known_key(process_environment, more):
    refused = start(process_environment, DEMONSTRATION="0", **more)
    assert refused.returncode != 0
    assert "Set SECRET_KEY" in refused.stderr


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"])
def test_is_loopback_knows_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "192.168.1.4", "localhost.example.org", "portal"])
def test_is_loopback_trusts_no_other(host):
    assert not is_loopback(host)

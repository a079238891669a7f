"""A demonstration lets anybody be anybody: it must not start where others could reach it."""

import subprocess
import sys

import pytest

GOOD_KEY = "abcdefghij" * 5


def start(environment, **more):
    """Loads what gunicorn would serve. Returns the finished process."""
    command = [sys.executable, "-c", "import partnership.wsgi"]
    return subprocess.run(command, env=environment(**more), capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BIND", "0.0.0.0", "BIND is 0.0.0.0"),
        ("BIND", "portal.example.org", "BIND is portal.example.org"),
        ("PORTAL_URL", "http://portal.example.org", "PORTAL_URL is http://portal.example.org"),
        ("PORTAL_URL", "https://portal.example.org", "PORTAL_URL is https://portal.example.org"),
        ("ALLOWED_HOSTS", "localhost,portal.example.org", "ALLOWED_HOSTS has portal.example.org"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS has *"),
        ("TRUSTED_PROXIES", "1", "TRUSTED_PROXIES is 1"),
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
    assert start(process_environment, DEMONSTRATION="0", BIND="0.0.0.0", SECRET_KEY=GOOD_KEY).returncode == 0


EXPOSED = [{"BIND": "0.0.0.0"}, {"PORTAL_URL": "https://portal.example.org"}, {"PORTAL_URL": "http://portal.example.org"},
           {"ALLOWED_HOSTS": "portal.example.org"}, {"ALLOWED_HOSTS": "*", "DEBUG": "1"}]  # fmt: skip


@pytest.mark.parametrize("more", EXPOSED, ids=str)
@pytest.mark.parametrize("key", [None, "a", "b" * 60])
def test_portal_refuses_to_start_in_public_with_a_weak_key(process_environment, key, more):
    environment = process_environment(DEMONSTRATION="0", **more) | ({"SECRET_KEY": key} if key else {})
    command = [sys.executable, "-c", "from partnership import settings"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode != 0
    assert "Set SECRET_KEY to 50 random letters" in refused.stderr


def test_portal_starts_on_loopback_with_the_known_key(process_environment):
    assert start(process_environment, DEMONSTRATION="0", DEBUG="1").returncode == 0


@pytest.mark.parametrize(
    ("key", "more", "says"),
    [
        ("a", {}, "accounts.E001"),
        ("only-for-demonstration-and-tests-set-a-real-one-in-production", {}, "accounts.E001"),
        ("a", {"PORTAL_URL": "https://portal.example.org"}, "Set SECRET_KEY"),
        (GOOD_KEY, {"PORTAL_URL": "https://portal.example.org", "TRUSTED_PROXIES": "0"}, "accounts.W001"),
    ],
)
def test_check_of_a_deployment_says_what_is_unsafe(process_environment, key, more, says):
    environment = process_environment(DEMONSTRATION="0", SECRET_KEY=key, **more)
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert says in done.stderr


def listen(environment, *, bind: str, **more):
    """Starts gunicorn with our settings, told on its command line to listen on `bind`, until it refuses."""
    command = [sys.executable, "-m", "gunicorn", "partnership.wsgi", "--config", "python:partnership.gunicorn"]
    return subprocess.run(
        [*command, "--bind", bind], env=environment(**more), capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("bind", ["0.0.0.0:0", ":0", "[::]:0"])
@pytest.mark.parametrize("demonstration", ["0", "1"])
def test_gunicorn_listens_only_where_bind_says(process_environment, bind, demonstration):
    refused = listen(process_environment, bind=bind, DEMONSTRATION=demonstration, BIND="127.0.0.1")
    assert refused.returncode != 0
    assert "so the portal does not listen on" in refused.stderr


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("127.0.0.1", ("127.0.0.1", 8000)),
        ("::1", ("::1", 8000)),
        ("[::1]", ("::1", 8000)),
        ("0.0.0.0", ("0.0.0.0", 8000)),
    ],
)
def test_gunicorn_listens_on_what_was_checked(process_environment, given, address):
    """PORT, which gunicorn reads by itself, would open it to everybody."""
    code = "from gunicorn.config import Config; import partnership.gunicorn as ours; c = Config(); c.set('bind', ours.bind)"
    code += (
        "; c.set('forwarder_headers', ours.forwarder_headers); c.set('forwarded_allow_ips', ours.forwarded_allow_ips)"
    )
    code += "; print((c.address, c.forwarder_headers, c.forwarded_allow_ips))"
    environment = process_environment(BIND=given, PORT="1234", FORWARDED_ALLOW_IPS="*")
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == repr(([address], [], []))

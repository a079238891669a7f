"""Which hosts mean this machine alone, and by which settings others reach the portal."""

import pytest

from partnership.hosts import is_loopback, reached_by_others

HERE = {
    "bind": "127.0.0.1",
    "portal_url": "http://localhost:8000",
    "allowed_hosts": ["localhost", "127.0.0.1", "[::1]"],
}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"])
def test_is_loopback_knows_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "*", "0.0.0.0", "::", "192.168.1.4", "localhost.example.org", ".localhost", "127.0.0.1.nip.io", "portal"],
)
def test_is_loopback_trusts_no_other(host):
    assert not is_loopback(host)


def test_nobody_else_reaches_a_portal_on_loopback():
    assert reached_by_others(**HERE) == []


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("bind", "0.0.0.0", "BIND is 0.0.0.0"),
        ("bind", "::", "BIND is ::"),
        ("portal_url", "http://portal.example.org", "PORTAL_URL is http://portal.example.org"),
        ("portal_url", "https://localhost.example.org", "PORTAL_URL is https://localhost.example.org"),
        ("portal_url", "https://localhost@portal.example.org", "PORTAL_URL is https://localhost@portal.example.org"),
        ("allowed_hosts", ["localhost", "*"], "ALLOWED_HOSTS has *"),
        ("allowed_hosts", [".example.org"], "ALLOWED_HOSTS has .example.org"),
    ],
)
def test_each_setting_that_lets_others_in_is_named(setting, value, says):
    assert reached_by_others(**HERE | {setting: value}) == [says]

"""Whoever finds a weakness is told where to report it."""

from datetime import UTC, datetime, timedelta


def test_security_txt_names_contact_expiry_and_address(client, settings):
    settings.SECURITY_CONTACT = "security@example.org"
    settings.PORTAL_URL = "https://portal.example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert said["Contact"] == "mailto:security@example.org"
    assert said["Canonical"] == "https://portal.example.org/.well-known/security.txt"
    ahead = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=363) < ahead <= timedelta(days=365)


def test_security_txt_may_name_a_page(client, settings):
    settings.SECURITY_CONTACT = "https://example.org/report"
    assert client.get("/.well-known/security.txt").content.startswith(b"Contact: https://example.org/report\n")

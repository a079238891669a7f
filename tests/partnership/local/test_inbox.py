"""The inbox keeps what a real mail server was given, and shows it without letting it do anything."""

import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from smtplib import SMTP

import pytest


@pytest.fixture
def inbox(tmp_path, settings):
    """A running inbox. Returns a function that sends it a message."""
    settings.VAR_DIR = tmp_path
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "run").mkdir()
    process = subprocess.Popen([sys.executable, "-m", "partnership.local.inbox", str(port), str(tmp_path)])
    until = time.monotonic() + 20
    while not (tmp_path / "run" / "inbox.url").exists():
        assert time.monotonic() < until, "the inbox did not start"
        time.sleep(0.05)

    def send(message: EmailMessage, to: str) -> None:
        with SMTP("127.0.0.1", port) as smtp:
            smtp.send_message(message, "portal@example.org", [to])

    yield send
    process.terminate()
    assert process.wait(10) == 0
    assert not (tmp_path / "run" / "inbox.url").exists()


def invitation() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Come to the assembly – Thursday"
    message["From"] = "Partnership portal <portal@example.org>"
    message["To"] = "Ann <ann@example.org>"
    message.set_content("Accept: http://127.0.0.1:8000/i/abc/ <script>alert(1)</script>")
    message.add_alternative("<p>Accept <a href='/i/abc/'>here</a><script>alert(1)</script></p>", subtype="html")
    message.add_alternative("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", subtype="calendar", params={"method": "REQUEST"})
    return message


def test_inbox_shows_the_message_with_its_links(inbox, client, db):
    inbox(invitation(), "ann@example.org")
    listed = client.get("/inbox/?to=ann")
    assert "Come to the assembly – Thursday" in listed.content.decode()
    name = listed.context["page"][0].name
    page = client.get(f"/inbox/{name}/").content.decode()
    assert '<a href="http://127.0.0.1:8000/i/abc/" rel="nofollow">' in page
    assert "<script>alert" not in page
    assert "BEGIN:VCALENDAR" in page
    calendar = client.get(f"/inbox/{name}/invitation.ics")
    assert calendar.headers["Content-Type"].startswith("text/calendar")


def test_inbox_shuts_the_html_into_a_sandbox(inbox, client, db):
    inbox(invitation(), "ann@example.org")
    name = client.get("/inbox/").context["page"][0].name
    assert "frame-src 'self'" in client.get(f"/inbox/{name}/").headers["Content-Security-Policy"]
    answer = client.get(f"/inbox/{name}/html/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_inbox_finds_the_messages_of_one_address(inbox, client, db):
    inbox(invitation(), "ann@example.org")
    inbox(invitation(), "bob@example.org")
    assert [kept.to for kept in client.get("/inbox/?to=BOB").context["page"]] == ["bob@example.org"]
    assert "no messages to “carol”" in client.get("/inbox/?to=carol").content.decode()


def test_inbox_has_pages_and_names_who_got_emails(tmp_path, settings, client, db):
    settings.VAR_DIR = tmp_path
    (tmp_path / "inbox").mkdir()
    for number in range(120):
        file = tmp_path / "inbox" / f"{1_790_000_000_000_000_000 + number}.eml"
        file.write_bytes(f"X-Envelope-To: p{number % 3}@example.org\r\nSubject: Message {number}\r\n\r\nHello".encode())
    first, last = client.get("/inbox/").text, client.get("/inbox/?page=3").text
    assert "Message 119<" in first
    assert "Message 69<" not in first
    assert "1 to 50 of 120 messages" in first
    assert "Message 0<" in last
    assert 'href="/inbox/?to=p2%40example.org">p2@example.org</a>: 40 messages' in first
    assert client.get("/inbox/?to=p1@").context["page"].paginator.count == 40


@pytest.mark.slow
def test_html_of_a_message_is_seen_in_a_browser(inbox, page, settings):
    inbox(invitation(), "ann@example.org")
    page.goto("/inbox/")
    page.get_by_role("link", name="Come to the assembly").click()
    shown = page.frame_locator("iframe.portal-mail__page").get_by_text("Accept here")
    shown.wait_for(state="visible")
    assert page.locator("iframe.portal-mail__page").bounding_box()["height"] > 200


@pytest.mark.parametrize("name", ["1", "..%2Fsecret", "1790000000000000000"])
def test_inbox_knows_no_other_files(client, db, name):
    assert client.get(f"/inbox/{name}/").status_code == 404

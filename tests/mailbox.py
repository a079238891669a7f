"""A real mailbox, served by a real IMAP server on loopback, and the reports that mail servers put into one."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from urllib.parse import quote

USER, PASSWORD = "returns@example.org", "pa ss:wörd/1"
# Its password is hashed once, not 500,000 times: each connection of a test would take a fifth of a second.
SERVE = """
from pysasl.hashing import BuiltinHash
BuiltinHash.__init__.__kwdefaults__["rounds"] = 1
from pymap.main import main
main()
"""

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.example.net>
To: portal@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net
Arrival-Date: Sun, 22 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; {to}
{original}Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.com
Diagnostic-Code: {reason}

--b1
Content-Type: {returned}

From: Partnership portal <portal@example.org>
To: {to}
Subject: You are invited
Message-ID: {message_id}

{body}
--b1--
"""


def report(
    message_id: str,
    to: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    reason: str = "smtp; 550 5.1.1 <…> No such user here",
    returned: str = "message/rfc822",
    original: str = "",
    body: str = "Dear Ann",
) -> bytes:
    """A report as Postfix writes it."""
    original = f"Original-Recipient: {original}\n" if original else ""
    facts = {"to": to, "action": action, "status": status, "reason": reason, "returned": returned, "body": body}
    text = REPORT.format(message_id=message_id, original=original, **facts)
    return text.replace("\n", "\r\n").encode("utf-8")


def letter(subject: str = "Re: You are invited", **headers: str) -> bytes:
    """What a person, or their out-of-office program, writes back."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@example.org", "portal@example.org", subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("550 5.1.1 Action: failed. I am on holiday, but thank you for asking!")
    return mail.as_bytes()


@dataclass
class MailboxFolder:
    """One folder of the mailbox, as the portal is told of it and as somebody who looks into it sees it."""

    port: int
    name: str

    @property
    def url(self) -> str:
        return f"imap://{quote(USER)}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/{quote(self.name)}"

    def put(self, *mails: bytes) -> None:
        with self._open() as server:
            for mail in mails:
                assert server.append(self._quoted, None, None, mail)[0] == "OK"

    def subjects(self, which: str = "ALL") -> list[str]:
        """The subjects of ALL emails, or of the UNSEEN ones."""
        with self._open() as server:
            server.select(self._quoted, readonly=True)
            numbers = server.uid("SEARCH", which)[1][0].split()
            found = [server.uid("FETCH", number.decode(), "BODY.PEEK[HEADER]")[1] for number in numbers]
        return [message_from_bytes(item[1])["Subject"] for answer in found for item in answer if len(item) == 2]

    def make(self) -> "MailboxFolder":
        with self._open() as server:
            assert server.create(self._quoted)[0] == "OK"
        return self

    def remove(self) -> None:
        with self._open() as server:
            assert server.delete(self._quoted)[0] == "OK"

    @property
    def _quoted(self) -> str:
        return f'"{self.name}"'

    def _open(self) -> imaplib.IMAP4:
        server = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        server.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        return server


def serve(log) -> Iterator[int]:
    """An IMAP server of its own; yields its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "--host", "127.0.0.1", "--port", str(port), "--no-service", "admin"]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    process = subprocess.Popen(command, stdout=log.open("w"), stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)

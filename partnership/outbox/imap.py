"""A conversation with the mailbox that takes what comes back."""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds for each answer
MOST_BYTES = 256 * 1024  # of one email: a report says what matters before the email it returns, which may be long
AT_ONCE = 100  # emails whose kind is asked for in one question
EXAMPLE = "imaps://user:password@mail.example.org/INBOX"
UID = re.compile(rb"\bUID (\d+)")
ASKED = "CONTENT-TYPE TO CC DELIVERED-TO X-ORIGINAL-TO ENVELOPE-TO"
SEEN = "(\\Seen)"


class MailboxError(Exception):
    """The mailbox cannot be read just now; the words say why and hold no password."""


@dataclass(frozen=True, slots=True, repr=False)
class Mailbox:
    """Where a mailbox is and who reads it."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypted: bool

    def __str__(self) -> str:
        return f"{self.user} at {self.host}:{self.port}, {self.folder}"

    @classmethod
    def at(cls, url: str) -> "Mailbox":
        """The mailbox of an address such as imaps://user:password@host/INBOX. Raises ValueError, which never quotes it."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise ValueError(f"MAILBOX_URL is not an address like {EXAMPLE}") from None
        user, password, folder = (unquote(each or "") for each in (parts.username, parts.password, parts.path[1:]))
        if parts.scheme not in ("imaps", "imap") or not (host and user and password):
            raise ValueError(f"MAILBOX_URL must look like {EXAMPLE} ; write special characters as %40 and so on.")
        if parts.scheme == "imap" and not _is_this_machine(host):
            raise ValueError(
                "MAILBOX_URL may use imap:// only on this machine: elsewhere the password would travel unencrypted."
            )
        if not (folder.isascii() and folder.isprintable() and (user + password).isprintable()):
            raise ValueError("MAILBOX_URL holds a character that no mailbox takes.")
        encrypted = parts.scheme == "imaps"
        return cls(host, port or (993 if encrypted else 143), user, password, folder or "INBOX", encrypted)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Conversation:
    """An open mailbox. `validity` changes when its numbers start again (RFC 9051 2.3.1.1)."""

    def __init__(self, server: imaplib.IMAP4, folder: str) -> None:
        self._server = server
        _well(*server.select(_quoted(folder)))
        _, [validity] = server.response("UIDVALIDITY")
        self.validity = int(validity or 0)

    def unread(self, after: int) -> list[int]:
        """The numbers of emails nobody has read yet that came after that one, oldest first."""
        found = _well(*self._server.uid("SEARCH", "UNSEEN", "UID", f"{after + 1}:*"))
        # "n:*" names the newest email even where its number is less than n
        return sorted(number for number in map(int, (found[0] or b"").split()) if number > after)

    def chosen(self, numbers: list[int], is_wanted: Callable[[bytes], bool]) -> list[int]:
        """Those among these emails that are wanted by what their header says of kind and recipient; letters are not
        fetched at all."""
        found = []
        for start in range(0, len(numbers), AT_ONCE):
            some = ",".join(map(str, numbers[start : start + AT_ONCE]))
            for about, header in self._fetch(some, f"BODY.PEEK[HEADER.FIELDS ({ASKED})]"):
                number = UID.search(about)
                if number and is_wanted(header.lower()):
                    found.append(int(number[1]))
        return sorted(found)

    def content(self, number: int) -> bytes:
        """The first 256 KiB of an email, which stays unread; b"" if it has gone."""
        return next((content for _, content in self._fetch(str(number), f"BODY.PEEK[]<0.{MOST_BYTES}>")), b"")

    def mark_read(self, number: int) -> None:
        """Flag an email as seen."""
        _well(*self._server.uid("STORE", str(number), "+FLAGS.SILENT", SEEN))

    def _fetch(self, numbers: str, what: str) -> Iterator[tuple[bytes, bytes]]:
        """(what it is about, content) of each email. Servers may say its number before or after the content."""
        answer = _well(*self._server.uid("FETCH", numbers, f"(UID {what})"))
        for place, item in enumerate(answer):
            if isinstance(item, tuple):
                after = answer[place + 1] if place + 1 < len(answer) and isinstance(answer[place + 1], bytes) else b""
                yield item[0] + b" " + after, item[1]


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Conversation]:
    """The mailbox, open for as long as the block lasts. Raises MailboxError, then or within, when it cannot be read."""
    server: imaplib.IMAP4 | None = None
    try:
        if mailbox.encrypted:
            context = ssl.create_default_context()
            server = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=TIMEOUT)
        else:
            server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT)
        _sign_in(server, mailbox)
        yield Conversation(server, mailbox.folder)
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        raise MailboxError(_words(error, mailbox)) from None  # the cause may quote what was sent
    finally:
        if server is not None:
            _hang_up(server)


def _sign_in(server: imaplib.IMAP4, mailbox: Mailbox) -> None:
    if "AUTH=PLAIN" in server.capabilities:  # takes any letters
        _well(*server.authenticate("PLAIN", lambda _: f"\0{mailbox.user}\0{mailbox.password}".encode()))
    else:
        _well(*server.login(_quoted(mailbox.user), mailbox.password))  # imaplib puts only the password in quotes


def _hang_up(server: imaplib.IMAP4) -> None:
    try:
        server.logout()
    except (OSError, imaplib.IMAP4.error):
        server.shutdown()


def _well(answer: str, found: Any) -> Any:
    if answer != "OK":
        raise imaplib.IMAP4.error(
            b" ".join(each for each in found if isinstance(each, bytes)).decode("utf-8", "replace")
        )
    return found


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def _words(error: Exception, mailbox: Mailbox) -> str:
    said = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.replace("\x00", "").replace(mailbox.password, "…").split())[:300] or type(error).__name__

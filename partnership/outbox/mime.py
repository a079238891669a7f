"""The bytes of an email, written by hand because they are written a thousand times in a row.

    mixed
      alternative
        text/plain, text/html, text/calendar; method=REQUEST      (what mail programs show as an invitation)
      invite.ics and other attachments

All of it is ASCII with lines under 998 octets (RFC 5321 4.5.3.1.6), so no server needs 8BITMIME or SMTPUTF8.
"""

import base64
import binascii
import functools
import uuid
from email.header import Header
from email.utils import formatdate, parseaddr, quote
from urllib.parse import quote as percent

from django.conf import settings

from partnership.outbox.models import Message

LONGEST_LINE = 900
CRLF = "\r\n"


class Unwritable(ValueError):
    """This email cannot be put on the wire; the words say why, for staff."""


def write(message: Message) -> bytes:
    """The whole email, headers and body, lines ended by CRLF. Raises Unwritable for an address no envelope can carry."""
    headers = [
        f"Message-ID: {message.message_id}",
        f"Date: {formatdate(usegmt=True)}",
        f"From: {sender()[0]}",
        f"To: {mailbox(message.to_name, message.to_email)}",
        f"Subject: {words(message.subject, len('Subject: '))}",
        "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply",
    ]
    if message.reply_to:
        headers.append(f"Reply-To: {mailbox('', message.reply_to)}")
    if message.unsubscribe:  # RFC 8058: mail programs show a button, and send one POST
        headers.append(f"List-Unsubscribe: <{message.unsubscribe}>")
        headers.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return f"{CRLF.join(headers)}{CRLF}{_body(message)}".encode("ascii")


def _body(message: Message) -> str:
    versions = [_text(message.text, "text/plain")]
    files = [_file(item["name"], item["type"], _folded(item["data"])) for item in message.attachments]
    if message.html:
        versions.append(_text(message.html, "text/html"))
    if message.calendar:
        method, data = message.calendar_method, _base64(message.calendar.encode())
        versions.append(_part(f"text/calendar; charset=utf-8; method={method}", "base64", data))
        files.insert(0, _file("invite.ics", f"text/calendar; charset=utf-8; method={method}", data))
    body = versions[0] if len(versions) == 1 else _multipart("alternative", versions)
    return _multipart("mixed", [body, *files]) if files else body


def _multipart(kind: str, parts: list[str]) -> str:
    boundary = f"={uuid.uuid4().hex}="
    inside = "".join(f"--{boundary}{CRLF}{part}{CRLF}" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"{CRLF}{CRLF}{inside}--{boundary}--{CRLF}'


def _part(content_type: str, encoding: str, content: str, *more: str) -> str:
    headers = [f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {encoding}", *more]
    return f"{CRLF.join(headers)}{CRLF}{CRLF}{content}"


def _text(text: str, content_type: str) -> str:
    lines = text.splitlines()
    plain = CRLF.join(lines) + CRLF
    if plain.isascii() and max(map(len, lines), default=0) <= LONGEST_LINE:
        return _part(f"{content_type}; charset=utf-8", "7bit", plain)
    quoted = binascii.b2a_qp(plain.encode(), istext=True).decode("ascii")
    return _part(f"{content_type}; charset=utf-8", "quoted-printable", quoted)


def _file(name: str, content_type: str, data: str) -> str:
    if name.isascii():
        named = 'filename="{}"'.format(name.translate({ord(each): "_" for each in '"\\/?\r\n'}))
    else:  # RFC 2231
        named = f"filename*=utf-8''{percent(name, safe='')}"
    return _part(content_type.translate({13: "", 10: ""}), "base64", data, f"Content-Disposition: attachment; {named}")


def _base64(content: bytes) -> str:
    return _folded(base64.b64encode(content).decode("ascii"))


def _folded(data: str) -> str:
    return CRLF.join(data[at : at + 76] for at in range(0, len(data), 76)) + CRLF


def words(text: str, already: int = 0) -> str:
    """Text for a header: as it is if short and ASCII, else as encoded words (RFC 2047), folded."""
    return text if _plain(text) and len(text) + already < 76 else _encoded(text, already)


def _encoded(text: str, already: int = 0) -> str:
    return Header(text, "utf-8", header_name=" " * max(already - 2, 0)).encode(linesep=CRLF)


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text


def mailbox(name: str, address: str) -> str:
    """One person and their address, for a header: the name always in quotes or encoded, so that nothing in it is read as
    an address."""
    address = envelope(address)
    if not name:
        return address
    return (
        f'"{quote(name)}" <{address}>' if _plain(name) and len(name) < 60 else f"{_encoded(name, 10)}{CRLF} <{address}>"
    )


def envelope(address: str) -> str:
    """The address as SMTP carries it: an international domain in its ASCII form.

    Raises Unwritable if the part before the @ is not ASCII: most servers refuse it, and ours would have to.
    """
    if address.isascii():
        return address
    local, _, domain = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Unwritable(f"“{address}” has letters that mail servers cannot carry.") from error


@functools.cache
def _sender(setting: str, portal_name: str, returns: str) -> tuple[str, str]:
    name, address = parseaddr(setting)
    return mailbox(name or portal_name, address), envelope(returns or address)


def sender() -> tuple[str, str]:
    """Who the portal writes as: the From header, and the bare address for the envelope, to which reports go back."""
    return _sender(settings.DEFAULT_FROM_EMAIL, settings.PORTAL_NAME, settings.BOUNCE_EMAIL)

"""One kept conversation with the mail server.

A connection is opened once and used for message after message; each answer is told apart by what it is about:
this message (accepted, refused, or not now) or the server (`Unavailable`: nobody's message is to blame).
"""

import random
import smtplib
import threading
import time
from dataclasses import dataclass
from enum import Enum

from django.core.mail.backends.smtp import EmailBackend

from partnership.outbox import failures
from partnership.outbox.models.message import Failure

FRESH_SECONDS = 10  # a connection idle for longer is opened again: servers hang up on the idle
MESSAGES = 500  # after so many a new connection: servers limit how many one may carry
SHORTEST_REST, LONGEST_REST = 5, 60  # seconds, after which a server that was down is asked again
CLOSING = 421
TOO_BIG = 552


class Unavailable(Exception):
    """The server cannot be reached, or takes no email from us at all just now. `code` is None where it did not speak."""

    def __init__(self, words: str, code: int | None = None) -> None:
        super().__init__(words)
        self.words, self.code = words, code


class Outcome(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good: 5xx for this recipient or this content
    LATER = "later"  # 4xx for this recipient or this content, or a full mailbox
    UNKNOWN = "unknown"  # the line went dead before the server answered for the whole message


@dataclass(frozen=True, slots=True)
class Answer:
    """What happened to one message; `code` and `words` are the server's own."""

    outcome: Outcome
    code: int | None = None
    words: str = ""
    failure: Failure = Failure.LATER


class MailServer:
    """A conversation that stays open. Not shared between threads: see `mail_server`."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None
        self._used_at = 0.0
        self._carried = 0
        self._down_since: float | None = None
        self._rests_until = 0.0

    @property
    def rest(self) -> float:
        """Seconds until it is worth asking again, after it was unavailable; 0 when it is now.

        A server that does not even say no costs a worker 20 seconds each time, in which it does nothing else.
        """
        return max(0.0, self._rests_until - time.monotonic())

    def send(self, *, sender: str, recipient: str, content: bytes) -> Answer:
        """Give the server one message. Raises Unavailable if it takes nothing from us; then nothing was sent."""
        try:
            answer = self._send(sender, recipient, content)
        except Unavailable:
            now = time.monotonic()
            self._down_since = now if self._down_since is None else self._down_since
            self._rests_until = now + rest_after(now - self._down_since)
            raise
        self._down_since = None
        return answer

    def _send(self, sender: str, recipient: str, content: bytes) -> Answer:
        if self._backend and (self._carried >= MESSAGES or time.monotonic() - self._used_at > FRESH_SECONDS):
            self.close()
        if self._backend:
            try:
                return self._converse(sender, recipient, content)
            except Unavailable:
                pass  # it may only have hung up on us: ask once more, on a new line
        self._open()
        return self._converse(sender, recipient, content)

    def close(self) -> None:
        """Hang up, politely where the line still works."""
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.fail_silently = True
            backend.close()

    def _open(self) -> None:
        backend = EmailBackend(fail_silently=False)
        try:
            backend.open()
            backend.connection.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            raise Unavailable(_words(error.smtp_error), error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"The mail server could not be reached: {error}") from error
        self._backend, self._carried, self._used_at = backend, 0, time.monotonic()

    def _converse(self, sender: str, recipient: str, content: bytes) -> Answer:
        smtp = self._backend.connection
        handed_over = False
        try:
            options = [f"size={len(content)}"] if smtp.has_extn("size") else []
            code, text = smtp.mail(sender, options)
            if code != 250:
                if code == TOO_BIG:
                    return self._not_this_one(code, text, too_big=True)
                raise self._unavailable(code, text)
            code, text = smtp.rcpt(recipient)
            if code not in (250, 251):
                return self._not_this_one(code, text)
            handed_over = True
            code, text = smtp.data(content)
        except smtplib.SMTPDataError as error:  # the server did not even want to see the message
            return self._not_this_one(error.smtp_code, error.smtp_error)  # type: ignore[arg-type]  # bytes from a server
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            if handed_over:
                return Answer(Outcome.UNKNOWN, words=f"The connection was lost before the server answered: {error}")
            raise Unavailable(f"The mail server hung up: {error}") from error
        self._carried += 1
        self._used_at = time.monotonic()
        return Answer(Outcome.ACCEPTED, code, _words(text)) if code == 250 else self._not_this_one(code, text)

    def _not_this_one(self, code: int, text: bytes, *, too_big: bool = False) -> Answer:
        if code == CLOSING or code < 400:
            raise self._unavailable(code, text)
        try:
            self._backend.connection.rset()
        except (OSError, smtplib.SMTPException):
            self.close()
        self._used_at = time.monotonic()
        words = _words(text)
        failure = failures.kind_of(code, words)
        later = code < 500 or (failure is Failure.LATER and not too_big)
        return Answer(Outcome.LATER if later else Outcome.REFUSED, code, words, failure)

    def _unavailable(self, code: int, text: bytes) -> Unavailable:
        self.close()
        return Unavailable(_words(text), code)


def rest_after(down_for: float) -> float:
    """Seconds until a server is asked again that has been down for so long: half of that, 5 to 60, with jitter."""
    return min(max(down_for / 2, SHORTEST_REST), LONGEST_REST) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter


def _words(text: bytes | str) -> str:
    spoken = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return spoken.replace("\x00", "")[:1000]


_thread = threading.local()


def mail_server() -> MailServer:
    """This thread's conversation."""
    if not hasattr(_thread, "server"):
        _thread.server = MailServer()
    return _thread.server

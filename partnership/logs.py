"""What is written to the log: every line with its time, and the request or the task it belongs to; nothing personal.

Without Django, so that gunicorn can write the same lines before the portal is loaded.
"""

import logging
import re
import sys
import time
from contextvars import ContextVar
from uuid import uuid4

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,99}")
request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Where an address holds a key, whole or cut short: `partnership/urls.py` and what it includes.
AFTER = (
    r"/(?:i|r|follow|(?<!/home/)calendar|partners/check|posts/applications|(?:questions|pledges|asks)/yours|unsubscribe"
    r"|password/reset/key)/"
)
# Capitals tell a key from the name of a meeting. An address within an address has its slashes as %2F.
KEY = r"(?:(?<![\w-])|(?<=%2[Ff]))(?=[\w-]{0,42}[A-Z])[A-Za-z0-9_-]{43}(?![\w-])"
IN_TEXT = re.compile(rf"(?P<before>{AFTER})(?!sent/)[^\s/?#\"'<>]+|{KEY}")
CUT = "…"

# Whoever reads a log must not be able to act as the person who was written to: personal links, addresses, words
# searched for.
PERSONAL = (
    (re.compile(r"(/[^\s?'\"]*)\?[^\s\"]+"), r"\1?…"),
    (re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"), "(email address)"),
)


def request_id_of(environ: dict, *, trusted: bool) -> str:
    """The identity of a request: what the proxy in front says, where it is trusted and well-formed, else a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if trusted else ""
    return given if WELL_FORMED.fullmatch(given) else uuid4().hex


def cut_keys(text: str) -> str:
    """Returns the text, such as a line of a log, without the keys in it: "/r/…/change/"."""
    return IN_TEXT.sub(lambda found: f"{found['before'] or ''}{CUT}", text)


def without_personal(text: str) -> str:
    """The text with the keys of personal links, search terms and email addresses cut out."""
    text = cut_keys(text)
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text


class Line(logging.Formatter):
    """`2026-11-28T09:30:00.123Z WARNING partnership.outbox request=6f0c… : what happened`, with its traceback if there is one."""

    converter = staticmethod(time.gmtime)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(
            "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(belongs)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
        )

    def format(self, record: logging.LogRecord) -> str:
        task = _task_id()
        record.belongs = f"task={task}" if task else f"request={request_id.get()}"
        return without_personal(super().format(record))


def _task_id() -> str | None:
    """The Celery task this thread is at, if any. A web process that has no Celery loaded does not load it for this."""
    celery = sys.modules.get("celery")
    task = getattr(celery, "current_task", None)
    return task.request.id if task else None

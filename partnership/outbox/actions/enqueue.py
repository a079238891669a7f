"""Queues an email: writes its row in the transaction that caused it."""

import base64
import json
import re
import uuid
from collections.abc import Iterable
from email.utils import parseaddr
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from partnership.outbox.draft import Draft
from partnership.outbox.models import Message
from partnership.outbox.nudge import nudge_on_commit
from partnership.refusals import Refusal

ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\s]+")
ROWS = 500  # in one statement

INSERT = """
    INSERT INTO outbox_message (key, to_email, to_name, reply_to, subject, text, html, calendar, calendar_method,
        attachments, message_id, about, sensitive, not_after, unsubscribe, due_at, state, attempts, last_error)
    VALUES {rows} ON CONFLICT (key) DO NOTHING RETURNING id
"""
ROW = f"({', '.join(['%s'] * 15)}, coalesce(%s, now()), 'queued', 0, '')"


def enqueue(draft: Draft) -> Message:
    """Queue one email and return its row; where the key is taken, the row that took it, unchanged.

    Raises Refusal if the address could not be written on an envelope.
    """
    added = enqueue_many([draft])
    return Message.objects.get(pk=added[0]) if added else Message.objects.get(key=draft.key)


def enqueue_many(drafts: Iterable[Draft]) -> list[int]:
    """Queue many emails, 500 rows to a statement; returns the ids of those whose key was new. Raises as `enqueue`."""
    rows = [_row(draft) for draft in drafts]
    added: list[int] = []
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            cursor.execute(INSERT.format(rows=", ".join([ROW] * len(some))), list(chain.from_iterable(some)))
            added += [pk for (pk,) in cursor.fetchall()]
    if added:
        nudge_on_commit()
    return added


def _row(draft: Draft) -> tuple[Any, ...]:
    """The columns of a draft, with nothing in its headers that could end a line."""
    for address in filter(None, (draft.to.strip() or "(nothing)", draft.reply_to)):
        if not ADDRESS.fullmatch(address.strip()):
            raise Refusal(f"“{address}” is not an email address, like name@example.com.", field="email")
    files = [
        {"name": one_line(file.name), "type": file.content_type, "data": base64.b64encode(file.content).decode("ascii")}
        for file in draft.attachments
    ]
    return (
        draft.key,
        draft.to.strip(),
        one_line(draft.to_name)[:200],
        draft.reply_to.strip(),
        one_line(draft.subject)[:300],
        draft.text,
        draft.html,
        draft.calendar,
        draft.calendar_method,
        json.dumps(files),
        new_message_id(),
        draft.about,
        draft.sensitive,
        draft.not_after,
        draft.unsubscribe,
        draft.not_before,
    )


def one_line(text: str) -> str:
    """Text for a header: every run of white space and control characters becomes one space."""
    return CONTROL.sub(" ", text).strip()


def new_message_id() -> str:
    """A Message-ID nobody else has, in the domain the portal writes from."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid.uuid4().hex}@{domain or 'localhost'}>"

"""Write the record."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from partnership.audit.models import Entry

COLUMNS = ("actor_id", "actor_label", "verb", "subject_type", "subject_id", "subject_label")
# Every action writes a line or two: the statement is worked out once.
INSERT = """
    INSERT INTO audit_entry (actor_id, actor_label, verb, subject_type, subject_id, subject_label, details)
    VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id, at
"""


def record(*, by: Any, verb: str, subject: models.Model, details: dict[str, Any]) -> Entry:
    """Add one line and return it; it is kept only if the caller's transaction is.

    `by` is a user, or None for the clock and for the holder of a personal link. `verb` is the noun and what was done
    to it, dotted: "meeting.published". Raises IntegrityError for any other shape of verb. The record outlives what it
    speaks of, so a subject that names a private person has an `audit_label` without the name.
    """
    known = by is not None and by.is_authenticated
    entry = Entry(
        actor=by if known else None,
        actor_label=str(by)[:200] if known else "",
        verb=verb,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django documents Model._meta
        subject_id=str(subject.pk),
        subject_label=str(getattr(subject, "audit_label", subject))[:200],
        details=details,
    )
    row = [getattr(entry, name) for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*row, json.dumps(details, cls=DjangoJSONEncoder)])
        entry.pk, entry.at = cursor.fetchone()
    return entry

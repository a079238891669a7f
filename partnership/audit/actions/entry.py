"""Write the record."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from partnership.database.statements import Statement

# Every action writes a line or two: the statement is worked out once, and nothing is asked back.
ADD_LINE = Statement(
    "add_to_the_record",
    """
    INSERT INTO audit_entry (actor_id, actor_label, verb, subject_type, subject_id, subject_label, details)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    """,
)


def record(*, by: Any, verb: str, subject: models.Model, details: dict[str, Any]) -> None:
    """Add one line; it is kept only if the caller's transaction is.

    `by` is a user, or None for the clock and for the holder of a personal link. `verb` is the noun and what was done
    to it, dotted: "meeting.published". Raises IntegrityError for any other shape of verb. The record outlives what it
    speaks of, so a subject that names a private person has an `audit_label` without the name.
    """
    known = by is not None and by.is_authenticated
    ADD_LINE.write(
        [
            by.pk if known else None,
            str(by)[:200] if known else "",
            verb,
            subject._meta.label_lower,  # noqa: SLF001 - Django documents Model._meta
            str(subject.pk),
            str(getattr(subject, "audit_label", subject))[:200],
            json.dumps(details, cls=DjangoJSONEncoder),
        ]
    )

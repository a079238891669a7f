"""Writes the audit log."""

from typing import Any

from django.db import models

from partnership.audit.models import Entry


def record(*, by: Any, verb: str, subject: models.Model, details: dict[str, Any]) -> None:
    """Adds one entry; it is kept only if the caller's transaction is.

    `by` is a user, or None for the clock and for the holder of a personal link. `verb` is the noun and what was done
    to it, dotted: "meeting.published". Raises IntegrityError for any other shape of verb. The entry is kept for longer
    than what it is about, so a subject that names a private person has an `audit_label` without the name.
    """
    known = by is not None and by.is_authenticated
    Entry.objects.create(
        actor=by if known else None,
        actor_label=str(by)[:200] if known else "",
        verb=verb,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django documents Model._meta
        subject_id=str(subject.pk),
        subject_label=str(getattr(subject, "audit_label", subject))[:200],
        details=details,
    )

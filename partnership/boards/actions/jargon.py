"""Jargon, explained."""

from django.db import transaction

from partnership import audit
from partnership.boards.models import JargonTerm


@transaction.atomic
def save(*, entry: JargonTerm | None, by, term: str, meaning: str) -> JargonTerm:
    verb = "jargon.changed" if entry else "jargon.added"
    entry = entry or JargonTerm()
    entry.term, entry.meaning = term, meaning
    entry.save()
    audit.record(by=by, verb=verb, subject=entry)
    return entry


@transaction.atomic
def remove(*, entry: JargonTerm, by) -> None:
    audit.record(by=by, verb="jargon.removed", subject=entry, meaning=entry.meaning)
    entry.delete()

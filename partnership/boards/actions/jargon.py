"""Jargon, explained."""

from django.db import IntegrityError, transaction

from partnership import audit
from partnership.boards.models import JargonTerm
from partnership.refusals import Refusal


@transaction.atomic
def save(*, entry: JargonTerm | None, by, term: str, meaning: str) -> JargonTerm:
    """Adds a word or changes one. Raises Refusal where it is explained already, just now perhaps."""
    verb = "jargon.changed" if entry else "jargon.added"
    entry = entry or JargonTerm()
    entry.term, entry.meaning = term, meaning
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise Refusal("That word is already explained", "term") from error
    audit.record(by=by, verb=verb, subject=entry)
    return entry


@transaction.atomic
def remove(*, entry: JargonTerm, by) -> None:
    audit.record(by=by, verb="jargon.removed", subject=entry, meaning=entry.meaning)
    entry.delete()

"""Those who were at a meeting say what its minutes have wrong; each is answered before the chair agrees them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.minutes import emails
from assemblies.minutes.models import Correction, Minutes, MinutesItem
from partnership import audit, dates
from partnership.refusals import Refusal
from partnership.text import is_a_reason

State = Minutes.State


@transaction.atomic
def propose(
    *, minutes: Minutes, by, text: str, item: MinutesItem | None = None, now: datetime | None = None
) -> Correction:
    """Adds what the person would correct, to an item or to who was there; returns it. Said twice, it is one.

    Raises Refusal for who was not there, before the minutes are circulated, and once they are agreed.
    """
    now = now or timezone.now()
    row = Minutes.objects.locked().get(pk=minutes.pk)
    version = row.newest
    if not row.present.filter(pk=by.pk).exists():
        raise Refusal("Corrections are for those who were at the meeting. Tell staff what is wrong.")
    if version.is_agreed:
        raise Refusal(
            f"The chair agreed these minutes on {dates.moment(version.agreed_at)}. Ask the chair or staff to reopen them, and "
            "say why."
        )
    if row.state == State.DRAFT:
        raise Refusal("These minutes are being written. You will get an email when they are there to correct.")
    if item and item.version_id != version.pk:
        raise Refusal("That item is of an older version. Open the page again.")
    text = text.strip()
    if not text:
        raise Refusal("Say what should be corrected, and how", "text")
    if same := version.corrections.of_person(by).filter(item=item, text=text).first():
        return same
    correction = Correction.objects.create(version=version, item=item, text=text, by=by, made_at=now)
    audit.record(by=by, verb="minutes.correction_proposed", subject=version, correction=correction.pk)
    return correction


@transaction.atomic
def answer(*, correction: Correction, by, accepted: bool, words: str = "", now: datetime | None = None) -> Correction:
    """Says that the correction is made, or why not; returns it, and tells who proposed it. The text itself is edited apart.

    Raises Refusal where somebody answered otherwise already, and for a refusal without a reason.
    """
    now = now or timezone.now()
    minutes = Minutes.objects.locked().get(versions=correction.version_id)
    row = Correction.objects.select_related("by", "answered_by", "version__minutes__meeting", "item").get(
        pk=correction.pk
    )
    words = words.strip()
    if row.answered_at:
        if row.is_accepted == accepted and row.answer == words and row.answered_by_id == by.pk:
            return row
        raise Refusal(f"{row.answered_by} has answered this already. Open the page again to see how.")
    if row.version_id != minutes.newest.pk or not minutes.is_open:
        raise Refusal("The minutes are agreed, so their corrections are closed.")
    if not accepted and not is_a_reason(words):
        raise Refusal("Say in a sentence why you do not make it: who proposed it reads that", "words")
    row.is_accepted, row.answer, row.answered_at, row.answered_by = accepted, words, now, by
    row.save(update_fields=["is_accepted", "answer", "answered_at", "answered_by"])
    emails.answered(row)
    audit.record(by=by, verb="minutes.correction_answered", subject=row.version, correction=row.pk, accepted=accepted)
    return row

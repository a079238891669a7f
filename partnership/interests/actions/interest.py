"""An interest is declared, corrected or said to have ended; its details are withheld, or published after all."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.accounts.models import User
from partnership.interests.models import Interest
from partnership.refusals import Refusal
from partnership.text import is_a_reason


@transaction.atomic
def declare(
    *, person: User, by, kind: str, body: str, nature: str, arose_on: date, withheld_because: str = "",
    corrects: Interest | None = None, now: datetime | None = None,
) -> Interest:  # fmt: skip
    """Adds an interest to the register; returns it. Submitted twice, it is one interest.

    With a reason in `withheld_because` its details are withheld from the public at once; staff record who agreed to that. Raises
    Refusal for a day to come, for a reason that is none, and for correcting what was corrected already.
    """
    now = now or timezone.now()
    User.objects.select_for_update().get(pk=person.pk)
    facts: dict[str, Any] = {
        "kind": kind, "body": body.strip(), "nature": nature.strip(), "arose_on": arose_on,
        "is_withheld": bool(withheld_because.strip()), "withheld_because": withheld_because.strip(),
    }  # fmt: skip
    same = Interest.objects.in_force().filter(person=person, **facts).first()
    if same and (corrects is None or same.corrects_id == corrects.pk):
        return same
    if arose_on > timezone.localdate(now):
        raise Refusal("Enter the day on which it arose, which cannot be in the future", "arose_on")
    if facts["is_withheld"] and not is_a_reason(facts["withheld_because"]):
        raise Refusal("Say in a sentence why its details should be withheld", "withheld_because")
    if corrects and Interest.objects.filter(corrects=corrects).exists():
        raise Refusal("Someone has corrected this interest already. Correct the newer one.")
    interest = Interest.objects.create(person=person, corrects=corrects, declared_at=now, declared_by=by, **facts)
    audit.record(by=by, verb="interest.corrected" if corrects else "interest.declared", subject=interest)
    return interest


@transaction.atomic
def end(*, interest: Interest, by, ended_on: date, now: datetime | None = None) -> Interest:
    """Says that it ended; twice changes nothing. Raises Refusal for a day to come, or before it arose."""
    row = _locked(interest)
    if row.ended_on:
        return row
    if ended_on > timezone.localdate(now or timezone.now()):
        raise Refusal("Enter a day that is not in the future", "ended_on")
    if ended_on < row.arose_on:
        raise Refusal("It arose after this day: enter a later one", "ended_on")
    row.ended_on = ended_on
    row.save(update_fields=["ended_on"])
    audit.record(by=by, verb="interest.ended", subject=row)
    return row


@transaction.atomic
def agree_to_withhold(*, interest: Interest, by, agreed_by: str) -> Interest:
    """Records which officer agreed that its details are withheld; for a council's members its monitoring officer (Localism Act
    2011 s.32). Raises Refusal without a name."""
    row = _locked(interest)
    if not agreed_by.strip():
        raise Refusal("Enter the name and post of who agreed", "agreed_by")
    if row.is_withheld and not row.agreed_by:
        row.agreed_by = agreed_by.strip()
        row.save(update_fields=["agreed_by"])
        audit.record(by=by, verb="interest.withheld", subject=row)
    return row


@transaction.atomic
def publish_details(*, interest: Interest, by) -> Interest:
    """Its details are read by everybody from now on: nobody agreed to withhold them, or the reason is gone."""
    row = _locked(interest)
    if row.is_withheld:
        row.is_withheld = False
        row.save(update_fields=["is_withheld"])
        audit.record(by=by, verb="interest.published", subject=row)
    return row


def _locked(interest: Interest) -> Interest:
    return Interest.objects.select_for_update(of=("self",)).select_related("person").get(pk=interest.pk)

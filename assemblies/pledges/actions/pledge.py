"""The owner of a pledge says how it goes. Whoever calls has found it by its link, or by their own address."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assemblies.pledges.models import Pledge, PledgeStep
from partnership import audit, states
from partnership.refusals import Refusal
from partnership.text import is_a_reason, paragraphs

State = Pledge.State
LONGEST = 1000
ASKED_FOR: dict[str, str] = {
    State.KEPT: "Say in a sentence what the outcome is",
    State.GIVEN_UP: "Say in a sentence why you gave it up",
}


@transaction.atomic
def say(
    *, pledge: Pledge, state: str, words: str = "", review_on: date | None = None, now: datetime | None = None
) -> Pledge:
    """How it goes: under way, kept or given up, in words that everybody may read; and when its owner looks back again.

    Said twice in the same words it is said once. Raises Refusal without words where it is over, and for a day that is past.
    """
    now, words = now or timezone.now(), paragraphs(words)
    row = Pledge.objects.select_for_update(of=("self",)).with_facts().get(pk=pledge.pk)
    last = row.steps.last()
    if last and (last.said, last.words) == (state, words) and (review_on or row.review_on) == row.review_on:
        return row
    if state in ASKED_FOR and not is_a_reason(words):
        raise Refusal(f"{ASKED_FOR[state]}.", "words")
    today = timezone.localdate(now)
    if review_on and review_on != row.review_on and review_on <= today:
        raise Refusal("Enter a day that is still to come.", "review_on")
    states.move(row, state, said_at=now, review_on=review_on or row.review_on, revision=row.revision + 1)
    PledgeStep.objects.create(pledge=row, said=state, words=words, at=now)
    audit.record(by=None, verb="pledge.said", subject=row, state=state)
    return row

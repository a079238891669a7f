"""What a partner answers to a call for views: one answer, which its members may change until the call closes."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assemblies.voice.models import CallForViews, CallTopic, PartnerAnswer, TopicView
from partnership import audit
from partnership.partners.models import Partner
from partnership.refusals import Refusal


class View(NamedTuple):
    """A stance (a value of TopicView.Stance) and the words that go with it."""

    stance: str
    words: str = ""


@transaction.atomic
def give(
    *, call: CallForViews, partner: Partner, by, views: Mapping[CallTopic, View], named: bool, seen: int,
    now: datetime | None = None,
) -> PartnerAnswer:  # fmt: skip
    """Keeps the partner's answer, or changes the one there is. Returns it.

    The caller has checked that `by` is an accepted member of the partner. `seen` is the revision they had before them,
    0 for none. Raises Refusal once the call is closed, for a partner that was not asked, or where a colleague wrote
    meanwhile. The audit log names no person: who answered is the partner's own affair.
    """
    now = now or timezone.now()
    rows = CallForViews.objects.select_for_update(no_key=True, of=("self",)).select_related("meeting")
    row = rows.get(pk=call.pk)
    if not row.is_open(now):
        raise Refusal("This call is closed, so answers can no longer be changed.")
    if not row.asked.filter(pk=partner.pk).exists():
        raise Refusal(f"{partner} was not asked.")
    answer = PartnerAnswer.objects.filter(call=row, partner=partner).first()
    if answer and _says(answer) == (named, _said(views)):
        return answer
    if (answer.revision if answer else 0) != seen:
        raise Refusal(f"A colleague has just answered for {partner}. Read their answer below, then send yours.")
    if answer is None:
        answer = PartnerAnswer.objects.create(call=row, partner=partner, named=named, given_by=by, given_at=now)
    else:
        answer.named, answer.changed_by, answer.changed_at = named, by, now
        answer.revision += 1
        answer.save()
    answer.views.all().delete()
    TopicView.objects.bulk_create(
        TopicView(answer=answer, topic=topic, stance=view.stance, words=view.words.strip())
        for topic, view in views.items()
    )
    verb = "call.answered" if seen == 0 else "call.answer_changed"
    audit.record(by=None, verb=verb, subject=answer, partner=partner.pk)
    return answer


def _says(answer: PartnerAnswer) -> tuple[bool, set[tuple[int, str, str]]]:
    return answer.named, set(answer.views.values_list("topic", "stance", "words"))


def _said(views: Mapping[CallTopic, View]) -> set[tuple[int, str, str]]:
    return {(topic.pk, view.stance, view.words.strip()) for topic, view in views.items()}

"""A partner answers what it was asked; staff send an ask to a partner. Whoever calls has checked who may."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.pledges import emails
from assemblies.pledges.models import Ask, AskStep
from partnership import audit, states
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from partnership.text import is_a_reason, paragraphs

State = Ask.State
LONGEST = 1000
ASKED_FOR: dict[str, str] = {
    State.DECLINED: "Say in a sentence why not",
    State.ANSWERED: "Enter your answer",
    State.COMPLETED: "Say in a sentence what was done",
    State.CLOSED: "Say in a sentence why it is closed",
}


def refuse_left(partner: Partner) -> None:
    """Raises Refusal for a partner that is no longer in the directory. The caller's transaction holds it until it has ended."""
    row = Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=partner.pk)
    if row.state != Partner.State.LISTED:
        raise Refusal(f"{row} is no longer part of the partnership. Choose another partner.", "partner")


@transaction.atomic
def respond(*, ask: Ask, to: str, by, words: str = "", now: datetime | None = None) -> Ask:
    """The partner accepts, answers, declines, or says that it is done; staff, or who asked, close it. Who asked is told.

    Returns the ask. The same said twice, or by two colleagues at once, is said once. Raises Refusal without words where they are
    needed, and for what may not follow.
    """
    now, words = now or timezone.now(), paragraphs(words)
    row = _locked(ask)
    if row.state == to:
        return row
    if to in ASKED_FOR and not is_a_reason(words):
        raise Refusal(f"{ASKED_FOR[to]}.", "words")
    states.move(row, to, said_at=now, revision=row.revision + 1)
    AskStep.objects.create(ask=row, said=to, words=words, by=by, at=now)
    audit.record(by=by, verb="ask.answered", subject=row, state=to)
    if by is not None:
        emails.answered(row, words=words)
    return row


@transaction.atomic
def send(*, ask: Ask, partner: Partner, by, now: datetime | None = None) -> Ask:
    """Staff send it to a partner: the first where nobody was named, another where that one left, declined, or is not the only
    one that can help. Returns the ask of this partner.

    One ask asks one partner: for another it becomes an ask of its own, in the same words. Raises Refusal for a partner that left,
    and for one that is asked already.
    """
    now = now or timezone.now()
    refuse_left(partner)
    row = _locked(ask)
    same = Ask.objects.filter(answer=row.answer, partner=partner).first()
    if same:
        raise Refusal(f"{partner} is asked this already.", "partner")
    if row.state == State.UNSENT:
        states.move(row, State.ASKED, partner=partner, sent_at=now, revision=row.revision + 1)
        found = row
    else:
        if row.is_open and row.partner and row.partner.state != Partner.State.LISTED:
            left = f"{row.partner} is no longer part of the partnership. {partner} is asked instead."
            states.move(row, State.CLOSED, said_at=now, revision=row.revision + 1)
            AskStep.objects.create(ask=row, said=State.CLOSED, words=left, by=by, at=now)
        found = _beside(row, partner, now)
    audit.record(by=by, verb="ask.sent", subject=found, partner=partner.pk)
    return found


def _beside(row: Ask, partner: Partner, now: datetime) -> Ask:
    """The same words, asked of another partner."""
    author = {name: getattr(row, name) for name in ("shown_as", "name", "organisation", "of_partner", "email")}
    found = Ask(answer=row.answer, partner=partner, sent_at=now, made_at=now, **author)
    states.enter(found, State.ASKED)
    found.save()
    return found


def _locked(ask: Ask) -> Ask:
    return Ask.objects.select_for_update(of=("self",)).with_facts().get(pk=ask.pk)

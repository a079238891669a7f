"""Somebody answers the exit questions: what they will do becomes a pledge, what they need an ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from assemblies.pledges.actions.ask import refuse_left
from assemblies.pledges.asked import review_day
from assemblies.pledges.models import Ask, Pledge, Shown
from assemblies.registrations.actions import exit_answers
from assemblies.registrations.models import ExitAnswer, ExitQuestion, Registration
from partnership import states
from partnership.partners.models import Partner
from partnership.refusals import Refusal

GOES_ON = "You have said how this goes since, so it stays. Say on its own page that you gave it up, if you did."


class Given(NamedTuple):
    """What was answered to a question. `partner`: who is asked, where it says what somebody needs; None leaves it to staff."""

    question: ExitQuestion
    text: str
    partner: Partner | None = None


@transaction.atomic
def answer(
    *,
    registration: Registration,
    given: Sequence[Given],
    shown_as: str = Shown.NEITHER,
    by=None,
    now: datetime | None = None,
) -> int:
    """Keeps one answer to each question, and the pledge or ask it is; an emptied answer is taken away with it.

    `shown_as`: how much about its author others may read. Returns how many answers stand. Raises Refusal while the questions are
    not open; for a partner that left; where the partner has answered an ask that would change; and where a pledge that goes on
    would be taken away.
    """
    now = now or timezone.now()
    for each in given:
        if each.partner is not None:
            refuse_left(each.partner)
    person = Registration.objects.locked().select_related("meeting", "partner").get(pk=registration.pk)
    stand = {each.question_id: each for each in ExitAnswer.objects.filter(registration=person)}
    for each in given:
        if each.question.pk in stand:
            _refuse_change(stand[each.question.pk], each)
    kept = exit_answers.answer(registration=person, texts={each.question: each.text for each in given}, by=by, now=now)
    author = _author(person, shown_as)
    partners = {each.question.pk: each.partner for each in given}
    for row in ExitAnswer.objects.filter(registration=person).select_related("question"):
        if row.question.kind == ExitQuestion.Kind.WILL_DO:
            _pledge(row, person, author, now)
        else:
            _ask(row, author, partners.get(row.question_id), now)
    return kept


def _refuse_change(stands: ExitAnswer, given: Given) -> None:
    """What somebody has acted on does not change under their hands."""
    field = f"question_{given.question.pk}"
    gone, other = not given.text.strip(), given.text.strip() != stands.text
    pledge = Pledge.objects.select_for_update(of=("self",)).filter(answer=stands).first()
    if pledge and gone and pledge.steps.exists():
        raise Refusal(GOES_ON, field)
    for ask in Ask.objects.select_for_update(of=("self",)).filter(answer=stands).select_related("partner"):
        acted = ask.state not in (Ask.State.UNSENT, Ask.State.ASKED)
        if acted and (gone or other or ask.partner != given.partner):
            raise Refusal(f"{ask.partner or 'Staff'} answered this already, so it can no longer be changed.", field)


def _author(person: Registration, shown_as: str) -> dict[str, Any]:
    """As much about the person as they agreed to show, and where we write to them."""
    named = shown_as == Shown.NAME
    shown = shown_as != Shown.NEITHER
    organisation = person.partner.name if person.partner else person.organisation
    return {
        "shown_as": shown_as,
        "name": person.name if named else "",
        "organisation": organisation if shown else "",
        "of_partner": person.partner if shown else None,
        "email": person.email,
    }


def _pledge(row: ExitAnswer, person: Registration, author: dict[str, Any], now: datetime) -> None:
    if Pledge.objects.filter(answer=row).update(**author):
        return
    Pledge.objects.create(answer=row, review_on=review_day(person.meeting), made_at=now, **author)


def _ask(row: ExitAnswer, author: dict[str, Any], partner: Partner | None, now: datetime) -> None:
    asks = list(Ask.objects.filter(answer=row))
    Ask.objects.filter(answer=row).update(**author)
    if len(asks) > 1 or any(each.partner == partner for each in asks):
        return  # staff have sent it on
    Ask.objects.filter(answer=row).delete()
    ask = Ask(answer=row, partner=partner, sent_at=now if partner else None, made_at=now, **author)
    states.enter(ask, Ask.State.ASKED if partner else Ask.State.UNSENT)
    ask.save()

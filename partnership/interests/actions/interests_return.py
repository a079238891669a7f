"""Somebody confirms that what they declared is all there is; those who are late are reminded."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.accounts.models import User
from partnership.interests import asked, emails
from partnership.interests.models import Interest, InterestsReturn
from partnership.refusals import Refusal


@transaction.atomic
def confirm(*, person: User, code: str, by, is_nil: bool, now: datetime | None = None) -> InterestsReturn:
    """Records that what the person declared under the code is all there is; a nil return, that there is nothing.

    A second one on the same day is the same. Raises Refusal where the two do not agree: nothing to declare, but interests that
    have not ended, or the other way round.
    """
    now = now or timezone.now()
    User.objects.select_for_update().get(pk=person.pk)
    has_any = Interest.objects.in_force().under(code).filter(person=person).exists()
    if is_nil and has_any:
        raise Refusal(
            "There are interests that have not ended. Say that they ended, or confirm that they are all there is."
        )
    if not is_nil and not has_any:
        raise Refusal("There are no interests to confirm. Declare one, or say that there is nothing to declare.")
    made = InterestsReturn.objects.filter(person=person, code=code).first()
    if made and made.is_nil == is_nil and timezone.localdate(made.made_at) == timezone.localdate(now):
        return made
    made = InterestsReturn.objects.create(person=person, code=code, is_nil=is_nil, made_at=now, made_by=by)
    audit.record(by=by, verb="interests.nil" if is_nil else "interests.confirmed", subject=made)
    return made


def remind(today: date | None = None) -> int:
    """Writes to those who have to declare soon, and once more when it is late; returns how many emails are new.

    Each run looks at how things are today: one that is missed is caught up, and nobody is written to twice for the same day.
    """
    today = today or timezone.localdate()
    soon = today + timedelta(days=settings.REMIND_OF_INTERESTS_DAYS)
    return emails.declare_interests([each for each in asked.everybody(today) if each.due_on <= soon], today)

"""Staff take a lost app or passkey off somebody else's account."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.accounts import emails
from partnership.accounts.models import User
from partnership.accounts.second_factor import SECOND_FACTORS
from partnership.refusals import Refusal


@transaction.atomic
def remove(*, person: User, by: User, lost: Collection[int], reason: str) -> int:
    """Removes what is lost, and the recovery codes, signs the person out everywhere and tells them; returns how many.

    Submitted twice, the second time changes nothing and returns 0. Raises Refusal for one's own, without a reason, and
    when nothing is chosen.
    """
    if person.pk == by.pk:
        raise Refusal("You cannot remove your own second step here. Ask another member of staff to do it.")
    if not reason.strip():
        raise Refusal("Say why, and how you know it is them", "reason")
    if not lost:
        raise Refusal("Choose what they have lost", "lost")
    person = User.objects.select_for_update().get(pk=person.pk)
    theirs = Authenticator.objects.filter(user=person)
    gone = list(theirs.filter(type__in=SECOND_FACTORS, pk__in=lost).order_by("pk"))
    if not gone:
        return 0
    theirs.filter(pk__in=[each.pk for each in gone]).delete()
    theirs.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
    _sign_out_everywhere(person)
    emails.second_step_removed(person, gone=gone, left=theirs.exists(), reason=reason.strip())
    kinds = [each.type for each in gone]
    audit.record(by=by, verb="person.second_step_removed", subject=person, removed=kinds, reason=reason.strip())
    return len(gone)


def _sign_out_everywhere(person: User) -> None:
    """Whoever has the lost device may be signed in on it."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()

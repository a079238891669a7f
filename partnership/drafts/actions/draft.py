"""Drafts are kept and deleted here. None of it is in the audit log: it is nobody else's business what was not sent."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from partnership.accounts.models import User
from partnership.drafts.models import Draft
from partnership.drafts.pages import FIELD, KEPT, Page
from partnership.refusals import Refusal

LONGEST = 200_000  # characters: ten times the longest letter
MOST = 50  # of one person; the oldest go first
NOT_ANSWERS = ("csrfmiddlewaretoken", FIELD)


@transaction.atomic
def keep(*, page: Page, typed: QueryDict) -> Draft:
    """Keeps what was typed in a form, in place of what was kept for it before.

    `page` is read from the form's own mark, which says whose form it is: that is who the draft belongs to. Raises Refusal
    when the answers are too long, and when there is no such person any more.
    """
    answers = typed.copy()
    for name in NOT_ANSWERS:
        answers.pop(name, None)
    text = answers.urlencode()
    if len(text) > LONGEST:
        raise Refusal("This is too long to keep as a draft.")
    if not User.objects.filter(pk=page.person, is_active=True).exists():
        raise Refusal("There is no account to keep this draft for.")
    facts = {"answers": text, "saved_at": timezone.now()}
    draft, is_new = Draft.objects.update_or_create(user_id=page.person, address=page.address, defaults=facts)
    if is_new:
        theirs = Draft.objects.filter(user_id=page.person)
        newest = theirs.order_by("-saved_at", "-pk").values("pk")[:MOST]
        theirs.exclude(pk__in=newest).delete()
    return draft


def discard(*, page: Page) -> None:
    """Deletes the draft of a form: it was sent, or its writer does not want it."""
    Draft.objects.filter(user_id=page.person, address=page.address).delete()


def delete_old(now: datetime) -> int:
    """Deletes drafts that nobody came back to for a week; returns how many."""
    return Draft.objects.filter(saved_at__lt=now - KEPT).delete()[0]

"""Keeps no more about people's emails, and for no longer, than is needed."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.outbox.actions.withdraw import BLANK
from partnership.outbox.models import Message
from partnership.outbox.models.message import MessageQuerySet


@transaction.atomic
def purge() -> tuple[int, int]:
    """Deletes settled emails in two steps; returns how many lost their words and how many were deleted altogether.

    After OUTBOX_KEEP_WORDS_DAYS (90) what remains says who an email was sent to and what it was about, not what it said;
    after OUTBOX_KEEP_DAYS (365, as long as attendee lists are kept) nothing remains.
    """
    old = _settled_before(settings.OUTBOX_KEEP_WORDS_DAYS).exclude(text="")
    blanked = _recorded("outbox.words_forgotten", old, lambda: old.update(**BLANK))
    older = _settled_before(settings.OUTBOX_KEEP_DAYS)
    return blanked, _recorded("outbox.mail_forgotten", older, lambda: older.delete()[1].get("outbox.Message", 0))


def forget(about: Iterable[str]) -> int:
    """Deletes the settled emails about these things before their time, because nobody is to know any more to which address
    they went; returns how many."""
    return Message.objects.settled().filter(about__in=list(about)).delete()[0]


def _settled_before(days: int) -> MessageQuerySet:
    return Message.objects.settled().filter(created_at__lt=timezone.now() - timedelta(days=days))


def _recorded(verb: str, messages: MessageQuerySet, act) -> int:
    newest = messages.without_words().order_by("-pk").first()
    if newest is None:
        return 0
    count = act()
    audit.record(by=None, verb=verb, subject=newest, messages=count)
    return count

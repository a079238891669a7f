"""Take back emails that no longer make sense."""

from collections.abc import Iterable

from django.db.models import F, Q

from partnership import states
from partnership.outbox.models import Message
from partnership.outbox.models.message import MessageQuerySet

BLANK = {"text": "", "html": "", "calendar": "", "attachments": []}


def withdraw(*, keys: Iterable[str] = (), about: str = "", about_prefix: str = "", because: str) -> int:
    """Stop every email that matches any of these and is not settled; returns how many.

    An email already in the worker's hands is stopped too, unless its conversation with the mail server has started:
    then it is recorded as sent, because it was.
    """
    which = Q(key__in=list(keys))
    if about:
        which |= Q(about=about)
    if about_prefix:
        which |= Q(about__startswith=about_prefix)
    return settle_as_withdrawn(Message.objects.open().filter(which), because)


def settle_as_withdrawn(messages: MessageQuerySet, because: str) -> int:
    """Withdraw these unsettled messages, blanking the words of sensitive ones; returns how many."""
    without_words = states.move_all(
        messages.filter(sensitive=True), Message.State.WITHDRAWN, last_error=because, **BLANK
    )
    return without_words + states.move_all(
        messages.filter(sensitive=False), Message.State.WITHDRAWN, last_error=because
    )


def forget_when_withdrawn(about: str) -> int:
    """Write the withdrawn emails about one thing again, in the order in which they were queued; returns how many.

    Called in a transaction: one transaction has then written all of them, and their places on the disk say no more.
    """
    withdrawn = Message.objects.about(about).filter(state=Message.State.WITHDRAWN).order_by("pk")
    rows = list(withdrawn.values_list("pk", flat=True))
    for pk in rows:
        Message.objects.filter(pk=pk).update(last_error=F("last_error"))
    return len(rows)

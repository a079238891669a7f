"""What the clock does for mail: find what a lost nudge or a dead worker left behind, and forget old words."""

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from partnership import audit
from partnership.outbox.actions.deliver import TOO_LATE
from partnership.outbox.actions.withdraw import BLANK, settle_as_withdrawn
from partnership.outbox.models import Message
from partnership.outbox.nudge import nudge


def sweep() -> bool:
    """Withdraw what has become too late, and nudge a worker if anything is due; returns whether anything was.

    Safe to run at any time, any number of times: it sends nothing itself.
    """
    settle_as_withdrawn(Message.objects.filter(state=Message.State.QUEUED, not_after__lte=Now()), TOO_LATE)
    anything = Message.objects.due().exists()
    if anything:
        nudge()
    return anything


@transaction.atomic
def purge() -> int:
    """Blank the words of settled mail older than OUTBOX_KEEP_WORDS_DAYS (90 days); returns of how many.

    What remains says that a mail was sent, to whom and why, not what it said.
    """
    before = timezone.now() - timezone.timedelta(days=settings.OUTBOX_KEEP_WORDS_DAYS)
    old = Message.objects.settled().exclude(text="").filter(created_at__lt=before)
    newest = old.order_by("-id").without_words().first()
    if newest is None:
        return 0
    blanked = old.update(**BLANK)
    audit.record(by=None, verb="outbox.purged", subject=newest, messages=blanked, before=before.date())
    return blanked

"""What the clock does for mail: find what a lost nudge or a dead worker left behind."""

from django.db.models.functions import Now

from partnership.outbox.actions.deliver import TOO_LATE
from partnership.outbox.actions.withdraw import settle_as_withdrawn
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

"""Staff try a failed email once more."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from partnership import audit, states
from partnership.outbox.models import Message
from partnership.outbox.nudge import nudge_on_commit
from partnership.refusals import Refusal


@transaction.atomic
def retry(*, message: Message, by: Any) -> Message:
    """Queue a failed message again, with the same Message-ID, and return it; one that is already on its way stays so.

    Raises Refusal if it is too late for it or its words are no longer kept.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.FAILED:
        return message
    if message.not_after and message.not_after <= timezone.now():
        raise Refusal("It is too late to send this email: what it was about has started or ended.")
    if not message.text:
        raise Refusal("The text of this email is no longer kept, so it cannot be sent again.")
    states.move(
        message, Message.State.QUEUED, due_at=Now(), attempts=0, came_back=0, failure="", failed_at=None, sent_at=None
    )
    audit.record(by=by, verb="message.retried", subject=message, about=message.about)
    nudge_on_commit()
    message.refresh_from_db()
    return message

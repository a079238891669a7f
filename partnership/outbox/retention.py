"""What this app holds about people, and until when."""

from datetime import datetime

from partnership import retention
from partnership.outbox.actions import subscription
from partnership.outbox.actions.purge import purge

retention.personal(
    "outbox.Message",
    fields=(
        "to_email",
        "to_name",
        "reply_to",
        "subject",
        "last_error",
        "text",
        "html",
        "calendar",
        "attachments",
        "unsubscribe",
    ),
    seen_by="staff, but for the words of sign-in codes",
    until="words 90 days after sending; that there was a message, its subject and who got it, 12 months",
)

retention.personal(
    "outbox.Subscription",
    fields=("email", "key"),
    seen_by="nobody",
    until="12 months after the last of these emails; who stopped them, for as long as that has to be known",
)


@retention.deletes(retention.EVERY_HOUR)
def messages(now: datetime) -> dict[str, int]:
    blanked, deleted = purge()
    return {"words_of_messages": blanked, "messages": deleted, "subscriptions": subscription.forget(now)}

"""What this app holds about people, and until when."""

from datetime import datetime

from django.conf import settings

from partnership import dates, retention
from partnership.outbox.actions import subscription
from partnership.outbox.actions.purge import purge

retention.personal(
    "outbox.Message",
    what="emails the portal sent",
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
    until=f"words {dates.how_long(settings.OUTBOX_KEEP_WORDS_DAYS)} after sending; "
    f"that there was a message, its subject and who got it, {dates.how_long(settings.OUTBOX_KEEP_DAYS)}",
)

retention.personal(
    "outbox.Subscription",
    what="who gets reminders and news by email, and who stopped them",
    fields=("email", "key"),
    seen_by="nobody",
    until="12 months after the last of these emails; who stopped them, for as long as that has to be known",
)


@retention.deletes(retention.EVERY_HOUR)
def messages(now: datetime) -> dict[str, int]:
    blanked, deleted = purge()
    return {"words_of_messages": blanked, "messages": deleted, "subscriptions": subscription.forget(now)}

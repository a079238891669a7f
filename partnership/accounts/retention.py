"""What this app holds about people, and until when."""

from datetime import datetime

from django.contrib.sessions.models import Session

from partnership import retention

retention.personal(
    "accounts.User",
    what="accounts: name, email address, password",
    fields=("email", "name", "password"),
    seen_by="staff; the password, of which only a hash is kept, nobody",
    until="kept while the account exists",
)


@retention.deletes(retention.EVERY_HOUR)
def sessions(now: datetime) -> dict[str, int]:
    """Deletes sessions that have ended: Django leaves their rows."""
    return {"sessions": Session.objects.filter(expire_date__lt=now).delete()[0]}

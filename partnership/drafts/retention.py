"""What this app holds about people, and until when."""

from datetime import datetime

from partnership import retention
from partnership.drafts.actions import draft

retention.personal(
    "drafts.Draft",
    what="what you typed in a long form and did not send",
    fields=("user", "address", "answers"),
    seen_by="the person who wrote it",
    until="when it is sent or discarded, and otherwise after 7 days",
)


@retention.deletes(retention.EVERY_HOUR)
def drafts(now: datetime) -> dict[str, int]:
    return {"drafts": draft.delete_old(now)}

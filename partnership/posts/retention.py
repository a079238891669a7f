"""What this app holds about people, and until when."""

from datetime import datetime

from partnership import retention
from partnership.posts.actions import application

retention.personal(
    "posts.Application",
    fields=("name", "email", "phone", "statement", "cv"),
    seen_by="staff, and the panel while it scores; neither with a conflict of interest",
    until="6 months after the decision",
)
retention.personal("posts.PanelMember", fields=("user",), seen_by="staff and the panel", until="kept with the post")


@retention.deletes(retention.EVERY_HOUR)
def applications(now: datetime) -> dict[str, int]:
    return {"applications": application.delete_due(now)}

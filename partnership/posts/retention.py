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
retention.personal(
    "posts.Score", fields=("remark",), seen_by="staff and the panel", until="with the application it is about"
)
retention.personal(
    "posts.PanelMember",
    fields=("user", "conflict"),
    seen_by="staff and the panel",
    until="kept with the post; what a conflict of interest was, 6 months after the decision",
)


@retention.deletes(retention.EVERY_HOUR)
def applications(now: datetime) -> dict[str, int]:
    return {"applications": application.delete_due(now)}

"""What this app holds about people, and until when."""

from datetime import datetime

from django.conf import settings

from partnership import dates, retention
from partnership.posts.actions import application

retention.personal(
    "posts.Application",
    what="applications for a post, with CV",
    fields=("name", "email", "phone", "statement", "cv"),
    seen_by="staff, and the panel while it scores; neither with a conflict of interest",
    until=f"{dates.how_long(settings.APPLICATIONS_KEPT_DAYS)} after the decision",
)
retention.personal(
    "posts.Score",
    what="what the panel wrote about an application",
    fields=("remark",),
    seen_by="staff and the panel",
    until="with the application it is about",
)
retention.personal(
    "posts.PanelMember",
    what="who sits on a panel, and conflicts of interest",
    fields=("user", "conflict"),
    seen_by="staff and the panel",
    until="kept with the post; what a conflict of interest was, "
    f"{dates.how_long(settings.APPLICATIONS_KEPT_DAYS)} after the decision",
)


@retention.deletes(retention.EVERY_HOUR)
def applications(now: datetime) -> dict[str, int]:
    return {"applications": application.delete_due(now)}

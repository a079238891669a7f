"""What this app holds about people, and until when."""

from datetime import datetime

from partnership import retention
from partnership.partners.actions import directory_import

retention.personal(
    "partners.Contact",
    what="contacts of an organisation",
    fields=("user", "name", "role", "email", "phone"),
    seen_by="everybody where the organisation says so, otherwise staff and its officers",
    until="kept until the organisation or staff remove it",
)
retention.personal(
    "partners.Partner",
    what="email address, phone number and address of an organisation",
    fields=("email", "phone", "address"),
    seen_by="everybody where the organisation says so, otherwise staff and its officers",
    until="kept until the organisation or staff change it",
)
retention.personal(
    "partners.Membership",
    what="who belongs to an organisation",
    fields=("user", "role", "reason"),
    seen_by="staff and the organisation’s officers",
    until="goes with the account",
)
retention.personal(
    "partners.DirectoryImportRow",
    what="rows of a spreadsheet of organisations that staff read",
    fields=("name", "cells", "reason"),
    seen_by="staff",
    until="a day after the file was read; imported, kept because it says what the file changed and left out",
)
retention.personal(
    "partners.DirectoryImportFile",
    what="the workbook itself, where it has more than one sheet",
    fields=("data",),
    seen_by="staff",
    until="when it is imported or discarded, at most a day after it was read",
)
retention.personal(
    "partners.Merge",
    what="memberships that changed when two organisations were made one",
    fields=("swapped", "ended"),
    seen_by="staff",
    until="kept, because a merge can be undone as long as both organisations exist",
)


@retention.deletes(retention.EVERY_HOUR)
def previews(now: datetime) -> dict[str, int]:
    """Files of organisations that were read a day ago and never imported."""
    return {"previews_of_directory": directory_import.expire(now)}

"""What this app holds about people, and until when."""

from datetime import datetime

from django.conf import settings

from assemblies.lists.actions import list_import
from assemblies.lists.models import ListEntry, ListImport
from assemblies.meetings.models import Meeting
from partnership import dates, retention

retention.personal(
    "lists.ListEntry",
    what="people on a place’s invitation list",
    fields=("email", "name", "organisation", "role"),
    seen_by="staff; a lead sees their own place’s list",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting",
)
retention.personal(
    "lists.ImportRow",
    what="people in a spreadsheet that was read for such a list",
    fields=("email", "name", "organisation", "kind", "role", "reason"),
    seen_by="staff and the place’s leads",
    until="30 days after the file was read",
)
retention.personal(
    "lists.ImportFile",
    what="the spreadsheet itself",
    fields=("data", "columns"),
    seen_by="staff and the place’s leads",
    until="when it is imported or discarded, at most 30 days after it was read",
)
retention.personal(
    "lists.ListImport",
    what="the name of the spreadsheet, and its headings",
    fields=("filename", "columns"),
    seen_by="staff and the place’s leads",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting",
)


@retention.deletes(retention.ATTENDEES)
def people_listed(meeting: Meeting) -> dict[str, int]:
    found = {
        "list_entries": ListEntry.objects.filter(list__meeting=meeting),
        "files_read": ListImport.objects.filter(list__meeting=meeting),
    }
    counts = {name: rows.count() for name, rows in found.items()}
    for rows in found.values():
        rows.delete()
    return counts


@retention.deletes(retention.EVERY_HOUR)
def previews(now: datetime) -> dict[str, int]:
    return {"previews": list_import.delete_old_rows(now)}

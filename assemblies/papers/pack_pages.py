"""On which page of a pack each paper stands, in words: "page 12 of the pack"."""

from assemblies.meetings.models import Meeting
from assemblies.papers.models import MeetingPack, PackPart


def pages_of(meeting: Meeting) -> dict[tuple[str, int], str]:
    """Returns the pages of reports and files in packs that are made, by what each is ("report", "document") and its number.

    Of a paper that stood in the closed part and was released it is the page in the supplement. One query.
    """
    rows = PackPart.objects.filter(pack__meeting=meeting, pack__state=MeetingPack.State.READY).exclude(page="")
    found: dict[tuple[str, int], str] = {}
    for row in rows.select_related("pack").order_by("-is_closed", "-pack__number", "position"):
        where = f"{row.pack.name.lower()}, page {row.page}" if row.pack.number else f"page {row.page} of the pack"
        if row.report_id:
            found["report", row.report_id] = where
        elif row.document_id:
            found["document", row.document_id] = where
    return found

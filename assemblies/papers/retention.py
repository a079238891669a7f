"""What this app holds about people, and until when."""

from datetime import datetime

from assemblies.papers.actions import pdf_result, word_file
from partnership import retention

PUBLIC_RECORD = "kept: who spoke at a public meeting is public record"

retention.personal(
    "papers.AgendaItem",
    what="who presents an item of an agenda",
    fields=("presenter",),
    seen_by="everybody, once it is published",
    until=PUBLIC_RECORD,
)
retention.personal(
    "papers.Session",
    what="who speaks in a session of a programme",
    fields=("speakers",),
    seen_by="everybody, once it is released",
    until=PUBLIC_RECORD,
)
WITH_THE_PAPERS = "kept with the papers of the board: who wrote and signed a report is part of it"

retention.personal(
    "papers.Report",
    what="who writes a report",
    fields=("author",),
    seen_by="those who work on the report; everybody, where the published report names its author",
    until=WITH_THE_PAPERS,
)
retention.personal(
    "papers.ReportStep",
    what="who signs a report off, and what they said",
    fields=("holder", "comment"),
    seen_by="its author, those who sign it off, the board’s chair and staff",
    until=WITH_THE_PAPERS,
)
retention.personal(
    "papers.WordFile",
    what="a report that came back from Word: what it says and names, and the name of the file",
    fields=("filename", "found", "answers"),
    seen_by="who writes the report",
    until="what it says until it is used or left; all of it 30 days after it was sent",
)
retention.personal(
    "papers.StepHandover",
    what="who handed a report over before they signed it, to which person, and why",
    fields=("old_holder", "new_holder", "reason"),
    seen_by="its author, those who sign it off, the board’s chair and staff",
    until=WITH_THE_PAPERS,
)
retention.personal(
    "papers.BoardStep",
    what="who usually signs the reports of a board off",
    fields=("holder",),
    seen_by="staff",
    until="when staff name somebody else",
)


@retention.deletes(retention.EVERY_HOUR)
def files_sent(now: datetime) -> dict[str, int]:
    return {"word_files": word_file.delete_old(now), "refused_files": pdf_result.delete_old(now)}

"""What this app holds about people, and until when."""

from datetime import datetime

from django.conf import settings

from assemblies.papers.actions import opening, pdf_result, word_file
from partnership import dates, retention

PUBLIC_RECORD = "kept: who spoke at a public meeting is public record"

retention.personal(
    "papers.AgendaItem",
    what="who presents an item of an agenda",
    fields=("presenter",),
    seen_by="everybody, once it is published",
    until=PUBLIC_RECORD,
)
retention.personal(
    "papers.AgendaReading",
    what="which chair has read the draft of an agenda in common",
    fields=("read_by",),
    seen_by="staff, and the chairs of the boards that meet",
    until="kept with the agenda",
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
retention.personal(
    "papers.PaperOpening",
    what="who opened a paper that is closed to the public, and when",
    fields=("person",),
    seen_by="staff and the chair of the board",
    until="as long as the paper is closed, then "
    f"{dates.how_long(settings.OPENINGS_KEPT_DAYS)} after it was made public or withdrawn",
)
retention.personal(
    "papers.WithheldPapers",
    what="who does not read papers because of an interest, why, who said so and who lifted it",
    fields=("person", "because", "withheld_by", "lifted_by"),
    seen_by="the person, the chairs of the boards that meet, and staff",
    until="kept with the papers of the board: how an interest was dealt with",
)
retention.personal(
    "papers.ReportReminder",
    what="who was reminded of a report that is due",
    fields=("person",),
    seen_by="nobody: it keeps reminders from coming twice",
    until="goes with the account, or with the item",
)


@retention.deletes(retention.EVERY_HOUR)
def openings(now: datetime) -> dict[str, int]:
    return {"openings": opening.delete_old(now)}


@retention.deletes(retention.EVERY_HOUR)
def files_sent(now: datetime) -> dict[str, int]:
    return {"word_files": word_file.delete_old(now), "refused_files": pdf_result.delete_old(now)}

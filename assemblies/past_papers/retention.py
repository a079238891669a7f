"""What this app holds about people, and until when."""

from datetime import datetime

from django.conf import settings

from assemblies.past_papers.actions import opening, paper_import
from partnership import dates, retention

retention.personal(
    "past_papers.PastPaper",
    what="old minutes and papers, in which people are named",
    fields=("title", "file"),
    seen_by="everybody, or members of the board alone, as staff say of each",
    until="kept: what a board did is a record. A paper that was imported by mistake is withdrawn",
)
retention.personal(
    "past_papers.PastPaperOpening",
    what="who opened an old paper that is for members alone, and when",
    fields=("person",),
    seen_by="staff",
    until="as long as the paper is for members alone, then "
    f"{dates.how_long(settings.OPENINGS_KEPT_DAYS)} after it was opened to everybody or withdrawn",
)
retention.personal(
    "past_papers.ImportedFile",
    what="the names of files in an import of old papers, and the files",
    fields=("path", "title", "file"),
    seen_by="staff",
    until="the files a day after somebody last worked on an import that was not confirmed; their names 30 days after it came",
)
retention.personal(
    "past_papers.ImportZip",
    what="the zip in which old papers came",
    fields=("name", "file"),
    seen_by="staff",
    until="when it is read, within minutes",
)
retention.personal(
    "past_papers.PaperImport",
    what="who imported old papers, and the name of the file they sent",
    fields=("filename", "uploaded_by"),
    seen_by="staff",
    until="kept with the papers, so that it is known where they came from",
)


@retention.deletes(retention.EVERY_HOUR)
def imports(now: datetime) -> dict[str, int]:
    return {
        "past_papers_not_imported": paper_import.expire(now),
        "names_of_past_papers": paper_import.delete_old_rows(now),
        "openings_of_past_papers": opening.delete_old(now),
    }

"""Which report a Word document was made from, and what others changed in the report since."""

import re

from assemblies.papers.models import Report, WordFile
from assemblies.papers.word.layout import LABELS
from partnership.audit.models import Entry

ORIGIN = re.compile(r"(\d{1,18})_(\d{1,9})")
ANOTHER = "This document was downloaded from another report. Check that it belongs to this one."


def origin_of(report: Report) -> str:
    """What a document that is downloaded now brings back."""
    return f"{report.pk}_{report.revision}"


def warning(report: Report, file: WordFile, origin: str) -> str:
    """What whoever compares the document with the report should know: that it is of another report, or that others wrote in this
    one after it was downloaded; "" where it is neither, and where nobody knows."""
    found = ORIGIN.fullmatch(origin)
    if found is None:
        return ""
    if int(found[1]) != report.pk:
        return ANOTHER
    edits = Entry.objects.about(report).filter(details__revision__gt=int(found[2]), verb="report.written")
    others = [edit for edit in edits.order_by("pk") if edit.actor_id is None or edit.actor_id != file.uploaded_by_id]
    if not others:
        return ""
    who = ", ".join(dict.fromkeys(edit.actor_label or "Someone else" for edit in others))
    parts = dict.fromkeys(name for edit in others for name in edit.details.get("fields", ()))
    changed = ", ".join(LABELS.get(name, name.capitalize()) for name in parts)
    return (
        f"{who} changed the report after this document was downloaded: {changed}. Where the document says otherwise, using it "
        "takes that back."
    )

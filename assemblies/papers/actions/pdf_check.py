"""An uploaded PDF waits for a worker, which checks it before anybody opens it. What the check says is in `pdf_result`."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from assemblies.papers.actions import classification
from assemblies.papers.models import Document, PdfCheck, ReportAppendix
from partnership import leasing
from partnership.files import kinds
from partnership.outbox import nudge

CHECK = "assemblies.papers.tasks.check_pdfs"
LEASE = timedelta(minutes=2)  # longer than one check may take


def begin(file: Document | ReportAppendix) -> bool:
    """Writes down that a new file is to be checked, in the caller's transaction; returns whether it is a PDF, so that it must.

    Files that were refused under its title are deleted: this one was sent in their place.
    """
    _delete_refused_like(file)
    if file.extension != kinds.PDF.extension:
        return False
    of: dict[str, Document | ReportAppendix] = {"document" if isinstance(file, Document) else "appendix": file}
    PdfCheck.objects.create(sent_sha256=file.sha256, **of)
    transaction.on_commit(lambda: nudge.nudge(task=CHECK), robust=True)
    return True


@transaction.atomic
def take(now: datetime) -> PdfCheck | None:
    """Leases the oldest check that no worker has, and counts the attempt; None where there is none."""
    number = leasing.take(PdfCheck.objects, now, LEASE)
    if number is None:
        return None
    check = PdfCheck.objects.get(pk=number)
    check.attempts += 1
    check.save(update_fields=["attempts"])
    return check


def give_back(check: PdfCheck) -> None:
    """Takes back an attempt that went wrong for a reason beside the file. The lease runs on, so it is tried again then."""
    waiting = PdfCheck.objects.filter(pk=check.pk, state=PdfCheck.State.WAITING, attempts__gt=0)
    waiting.update(attempts=F("attempts") - 1)


def delete_refused(files: QuerySet[Document] | QuerySet[ReportAppendix]) -> None:
    """Deletes files that were refused, and why they were closed to the public. In the caller's transaction."""
    closures = list(files.values_list("closure", flat=True))
    files.delete()
    classification.drop_unused(closures)


def _delete_refused_like(file: Document | ReportAppendix) -> None:
    refused: QuerySet[Document] | QuerySet[ReportAppendix]
    if isinstance(file, Document):
        refused = Document.objects.filter(meeting=file.meeting_id, kind=file.kind)
    else:
        refused = ReportAppendix.objects.filter(report=file.report_id)
    delete_refused(refused.filter(title=file.title, pdf_check__state=PdfCheck.State.REFUSED))

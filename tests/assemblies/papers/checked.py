"""What a worker would say of a PDF, said at once: tests of pages need no child process."""

from assemblies.papers.actions import pdf_result
from assemblies.papers.models import Document, PdfCheck, ReportAppendix
from partnership.files.checked_pdf import CheckedPdf

LOCKED = "The PDF is locked with a password: save it without one"
NOTE = "1 form field is now part of the page"


def passed(file: Document | ReportAppendix, *notes: str, clean: bytes | None = None) -> PdfCheck:
    """The check of the file, which found nothing that speaks against it; `clean` is the file to keep instead."""
    found = CheckedPdf(sizes=((595, 842),), tagged=False, flattened=bool(notes), notes=notes, clean=clean)
    check = pdf_result.accept(check=file.pdf_check, found=found)
    file.refresh_from_db()
    return check


def refused(file: Document | ReportAppendix, because: str = LOCKED) -> PdfCheck:
    check = pdf_result.refuse(check=file.pdf_check, because=because)
    file.refresh_from_db()
    return check

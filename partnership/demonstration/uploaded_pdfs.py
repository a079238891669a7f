"""Two PDFs as people send them: one that is changed when it is checked, and one that is refused. All invented."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import document, pdf_result
from partnership.accounts.models import User
from partnership.demonstration import papers
from partnership.files.kinds import PDF

LINES = ["Written for this demonstration. All figures and people are invented."]
CHANGED, REFUSED = "Ways in without steps: what they cost", "Photographs of the new entrance"
NO_COPYING = pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
WITH_PASSWORD = pikepdf.Encryption(owner="owner", user="reader")


def load(meeting: Meeting, by: User) -> None:
    """Adds both to the meeting, checked as a worker does; nobody but who prepares the meeting sees them."""
    for title, lock in ((CHANGED, NO_COPYING), (REFUSED, WITH_PASSWORD)):
        document.add(meeting=meeting, by=by, kind="other", title=title, file=_locked(title, lock))
    pdf_result.run()


def _locked(title: str, lock: pikepdf.Encryption) -> SimpleUploadedFile:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.file(title, LINES).read())) as pdf:
        pdf.save(out, encryption=lock)
    upload = SimpleUploadedFile("scan.pdf", out.getvalue(), PDF.content_type)
    upload.kind = PDF  # type: ignore[attr-defined]  # as `UploadField` sets it
    return upload

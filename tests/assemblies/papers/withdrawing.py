"""What tests of withdrawals share: published papers with a marker in them, and who withdraws them."""

from dataclasses import replace

from django.core.files.base import ContentFile

from assemblies.papers.actions import report as reports
from assemblies.papers.actions import withdrawal
from assemblies.papers.models import Document, Report, Withdrawal
from assemblies.papers.report_text import FIELDS, Section
from tests import made_pdfs
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.assemblies.papers.signing import submit
from tests.factories import ReportAppendixFactory

MARKER = "Quokkamarker"


def publish_papers(meeting, chair) -> tuple[Report, Document]:
    """An agenda that is out, with a report whose words and appendix hold the marker, and a file that holds it too."""
    report = signed_report(meeting, "The plan", text=words_with_marker())
    content = made_pdfs.words(f"{MARKER} in the slides")
    publish_appendix(report, "Slides", content)
    add_item(meeting, "Welcome", a_document(meeting, "Plain figures"))
    add_item(meeting, "The plan", a_document(meeting, "Letter", f"{MARKER} in the letter", "Second page", "Third page"))
    add_item(meeting, "Close", a_document(meeting, "Last notes"))
    publish(meeting, chair)
    report.refresh_from_db()
    return report, meeting.documents.get(title="Letter")


def publish_appendix(report, title: str, content: bytes) -> None:
    """Adds an appendix to a report that is signed off, by submitting it once more."""
    Report.objects.filter(pk=report.pk).update(state="draft")
    report.refresh_from_db()
    ReportAppendixFactory(report=report, title=title, file=ContentFile(content, name="a.pdf"), size=len(content))
    submit(report, what_changed="Slides added.")


def words_with_marker() -> dict:
    return {
        "fields": {name: f"{MARKER} {name}." for name in FIELDS},
        "recommendations": [f"Agree {MARKER}."],
        "sections": [{"title": "Background", "text": f"It began with {MARKER}."}],
    }


def corrected(report) -> Report:
    """The next version, without the marker, signed off."""
    revised = reports.revise(report=report, by=report.author)
    now = dict.fromkeys(FIELDS, "Corrected.")
    text = replace(
        revised.working_text, fields=now, recommendations=("Agree.",), sections=(Section("Background", "Now."),)
    )
    reports.write(report=revised, by=report.author, text=text)
    submit(revised, what_changed="Corrected.")
    revised.refresh_from_db()
    return revised


def withdraw(paper, by, because="It names a patient.", **more) -> Withdrawal:
    return withdrawal.withdraw(paper=paper, by=by, because=because, **more)

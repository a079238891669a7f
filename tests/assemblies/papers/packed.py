"""What tests of packs share: agendas with papers, published, and what a pack of them holds."""

import hashlib
from pathlib import Path

import pypdf
from django.core.files.base import ContentFile

from assemblies.papers.actions import agenda, agenda_publication, pack_making
from assemblies.papers.models import AgendaItem, Document, MeetingPack
from tests import made_pdfs
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.signing import submit
from tests.factories import DocumentFactory, LedItemFactory, ReportAppendixFactory, ReportFactory


def a_document(meeting, title: str, *pages: str, **more) -> Document:
    """A PDF of the meeting that waits for its agenda, with these words on its pages."""
    content = made_pdfs.words(*(pages or (f"Words of {title}",)))
    return DocumentFactory(
        meeting=meeting, kind="paper", title=title, file=ContentFile(content, name="a.pdf"), size=len(content),
        released_at=None, **{"sha256": hashlib.sha256(content).hexdigest()} | more,
    )  # fmt: skip


def add_item(meeting, title: str, *documents: Document, **facts) -> AgendaItem:
    given = {"purpose": "information", "presenter": "", "summary": "", "starts_at": None} | facts
    return agenda.write_item(meeting=meeting, by=None, item=None, title=title, documents=documents, **given)


def signed_report(meeting, title: str, *appendices: str, closed: str = "", **more):
    """A report of the meeting that is signed off, with these appendices, of which the last is `closed` under this title."""
    item = LedItemFactory(board=meeting.board, meeting=meeting, topic__title=title)
    report = ReportFactory(item=item, **more)
    for name in appendices:
        content = made_pdfs.words(f"Words of {name}")
        ReportAppendixFactory(report=report, title=name, file=ContentFile(content, name="a.pdf"), size=len(content))
    if closed:
        close(report.appendices.last(), by=report.author, title=closed)
    submit(report)
    return report


def publish(meeting, chair, **more):
    draft = agenda.draft_of(meeting)
    return agenda_publication.publish(meeting=meeting, by=chair, seen=agenda_publication.fingerprint(draft), **more)


def made(meeting) -> list[MeetingPack]:
    """The packs of the meeting, after a worker has looked for what waits."""
    pack_making.make_waiting()
    return list(meeting.packs.prefetch_related("parts", "files"))


def held(pack: MeetingPack) -> list[str]:
    """The titles of its parts in order; those of the closed part begin with E."""
    return [f"{'E: ' if part.is_closed else ''}{part.title}" for part in pack.parts.all()]


def text(file) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(Path(file.file.path)).pages).split())


def numbers(file) -> list[str]:
    """What stands at the foot of each page."""
    return [page.extract_text().split()[-1] for page in pypdf.PdfReader(Path(file.file.path)).pages]

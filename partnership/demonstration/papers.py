"""Short papers for the demonstration, made as tagged PDFs."""

from datetime import datetime
from functools import lru_cache

from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import document
from assemblies.papers.models import Document
from partnership.accounts.models import User
from partnership.files.kinds import PDF
from partnership.files.pdf import compile_pdf


def file(title: str, lines: list[str], *, slides: int = 1) -> SimpleUploadedFile:
    """A PDF with a heading and a paragraph for each line, and a page for each further slide, as the portal takes in an upload
    it has recognised."""
    upload = SimpleUploadedFile("paper.pdf", _pdf(title, tuple(lines), slides), PDF.content_type)
    upload.kind = PDF  # type: ignore[attr-defined]  # as `UploadField` sets it
    return upload


def add(meeting: Meeting, kind: str, title: str, lines: list[str], *, by: User) -> Document:
    """Makes the paper and adds it to the meeting, not released yet."""
    return document.add(meeting=meeting, by=by, kind=kind, title=title, file=file(title, lines), made_by_portal=True)


def release(meeting: Meeting, kind: str, title: str, lines: list[str], *, by: User, now: datetime) -> Document:
    """The same, released at the moment."""
    return document.release(document=add(meeting, kind, title, lines, by=by), by=by, now=now)


@lru_cache
def _pdf(title: str, lines: tuple[str, ...], slides: int) -> bytes:
    return compile_pdf("demonstration/print/paper", {"title": title, "lines": lines, "slides": slides})

"""Short papers for the demonstration, made as tagged PDFs."""

import json
from datetime import datetime
from functools import lru_cache

from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import document
from assemblies.papers.models import Document
from partnership.accounts.models import User
from partnership.files.kinds import PDF

TEMPLATE = """
#set document(title: data.title)
#set page(paper: "a4", margin: 2.2cm, footer: text(8pt)[Illustrative paper for a demonstration])
#set text(lang: "en", region: "GB", size: 11pt)
#let data = json(bytes(sys.inputs.data))
#heading(data.title)
#for line in data.lines { par(line) }
""".replace("#set document(title: data.title)\n", "")


def file(title: str, lines: list[str]) -> SimpleUploadedFile:
    """A PDF with a heading and a paragraph for each line, as the portal takes in an upload it has recognised."""
    upload = SimpleUploadedFile("paper.pdf", _pdf(title, tuple(lines)), PDF.content_type)
    upload.kind = PDF  # type: ignore[attr-defined]  # as `UploadField` sets it
    return upload


def add(meeting: Meeting, kind: str, title: str, lines: list[str], *, by: User) -> Document:
    """Makes the paper and adds it to the meeting, not released yet."""
    return document.add(meeting=meeting, by=by, kind=kind, title=title, file=file(title, lines))


def release(meeting: Meeting, kind: str, title: str, lines: list[str], *, by: User, now: datetime) -> Document:
    """The same, released at the moment."""
    return document.release(document=add(meeting, kind, title, lines, by=by), by=by, now=now)


@lru_cache
def _pdf(title: str, lines: tuple[str, ...]) -> bytes:
    import typst  # costs memory: only while the demonstration is loaded

    head = "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
    return typst.compile(
        (head + TEMPLATE).encode(),
        sys_inputs={"data": json.dumps({"title": title, "lines": lines})},
        pdf_standards="ua-1",
    )

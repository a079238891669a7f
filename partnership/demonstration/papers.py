"""Short papers for the demonstration, made as tagged PDFs."""

import hashlib
import json

from django.core.files.base import ContentFile

from assemblies.meetings.models import Meeting
from assemblies.papers.models import Document

TEMPLATE = """
#set document(title: data.title)
#set page(paper: "a4", margin: 2.2cm, footer: text(8pt)[Illustrative paper for a demonstration])
#set text(lang: "en", region: "GB", size: 11pt)
#let data = json(bytes(sys.inputs.data))
#heading(data.title)
#for line in data.lines { par(line) }
""".replace("#set document(title: data.title)\n", "")


def pdf(title: str, lines: list[str]) -> bytes:
    """A PDF with a heading and a paragraph for each line."""
    import typst  # costs memory: only while the demonstration is loaded

    head = "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
    return typst.compile(
        (head + TEMPLATE).encode(),
        sys_inputs={"data": json.dumps({"title": title, "lines": lines})},
        pdf_standards="ua-1",
    )


def attach(meeting: Meeting, kind: str, title: str, lines: list[str], *, by, released_at) -> Document:
    """Makes the paper and attaches it to the meeting, released."""
    content = pdf(title, lines)
    document = Document(
        meeting=meeting,
        kind=kind,
        title=title,
        content_type="application/pdf",
        extension="pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        released_at=released_at,
        position=meeting.documents.count(),
    )
    document.file.save(f"{document.sha256[:32]}.pdf", ContentFile(content), save=False)
    document.save()
    return document

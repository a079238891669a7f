"""Word documents for tests: the portal's own, with XML put in where a person's Word would have written it."""

import io
import zipfile
from collections.abc import Callable

from assemblies.papers.report_text import ReportText, Section
from assemblies.papers.word import reading
from assemblies.papers.word.layout import Facts
from assemblies.papers.word.receiving import Read, as_read
from assemblies.papers.word.writing import write

FACTS = Facts("Health and Wellbeing Board", "14 September 2020", "9", "Open")
SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
IN_FIELD, IN_SECTION = "field-goes-here", "section-goes-here"


def paragraph(inside: str = "", properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells, each its XML."""
    made = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def changed(data: bytes, change: Callable[[str, str], str | bytes], **more: bytes) -> bytes:
    """The document with each of its parts changed, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name).decode()))
        for name, part in more.items():
            target.writestr(name, part)
    return out.getvalue()


def document(field: str = "", section: str = "", **parts: str) -> bytes:
    """A report whose field of finance and whose one section hold this XML. Parts are by kind, such as comments="<w:comments…"."""
    sections = (Section("Background", IN_SECTION),)
    report = ReportText("Recovery plan", {"finance": IN_FIELD}, ("Agree the plan",), sections)

    def put(name: str, part: str) -> str:
        if name == "word/document.xml":
            part = part.replace("<w:document ", f"<w:document {SPACES}", 1)
            for mark, xml in ((IN_FIELD, field or paragraph()), (IN_SECTION, section or paragraph())):
                starts, ends = part.rindex("<w:p>", 0, part.index(mark)), part.index("</w:p>", part.index(mark)) + 6
                part = part[:starts] + xml + part[ends:]
        if name == "word/_rels/document.xml.rels":
            more = "".join(
                f'<Relationship Id="more{kind}" Type="{KINDS}/{kind}" Target="{kind}.xml"/>' for kind in parts
            )
            part = part.replace("</Relationships>", f"{more}</Relationships>")
        return part

    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    more = {f"word/{kind}.xml": f"<w:x {spaces}>{xml}</w:x>".encode() for kind, xml in parts.items()}
    return changed(write(report, FACTS), put, **more)


def read(data: bytes) -> Read:
    """Reads in this process: faster than the child, and the same function."""
    return as_read(reading.read(data))


def finance(found: Read) -> str:
    return found.text.fields.get("finance", "")


def noted(found: Read) -> str:
    return "\n".join(f"{note.where}: {note.words}" for note in found.notes)


def asked(found: Read) -> str:
    return "\n".join(f"{question.kind}, {question.where}: {question.words}" for question in found.questions)

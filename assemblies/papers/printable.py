"""What a pack has to know of an uploaded PDF before its pages go in."""

from dataclasses import dataclass
from pathlib import Path

from assemblies.papers.models import Document
from partnership.files import safely
from partnership.refusals import Refusal

GONE = "The file of “{}” is missing, so the pack cannot be made. Tell whoever runs the portal"


@dataclass(frozen=True)
class Printable:
    """A PDF whose pages can go into a pack: see `pack.parts.Attachment`."""

    path: Path
    sizes: tuple[tuple[float, float], ...]
    tagged: bool
    sha256: str


def printable(document: Document, folder: Path) -> Printable | None:
    """Returns the PDF as it goes into a pack; None for a file of another kind, and for a PDF that cannot be printed.

    A file that has to be cleaned first is written to the folder: what was published stays as it is. Raises Refusal where the
    bytes are gone.
    """
    if document.extension != "pdf":
        return None
    try:
        data = Path(document.file.path).read_bytes()
    except FileNotFoundError as error:
        raise Refusal(GONE.format(document.title)) from error
    try:
        found = safely.check_pdf(data)
    except Refusal:
        return None
    path, digest = Path(document.file.path), document.sha256
    if found.clean is not None:
        path, digest = folder / f"{document.pk}.pdf", ""
        path.write_bytes(found.clean)
    return Printable(path, found.sizes, found.tagged, digest)

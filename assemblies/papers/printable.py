"""What a pack has to know of an uploaded PDF before its pages go in: what its check found."""

from dataclasses import dataclass
from pathlib import Path

from assemblies.papers.models import Document, PdfCheck
from partnership.files import kinds, safely
from partnership.refusals import Refusal

GONE = "The file of “{}” is missing, so the pack cannot be made. Tell whoever runs the portal"


@dataclass(frozen=True)
class Printable:
    """A PDF whose pages can go into a pack: see `pack.parts.Attachment`."""

    path: Path
    sizes: tuple[tuple[float, float], ...]
    tagged: bool
    sha256: str = ""


def printable(document: Document, folder: Path) -> Printable | None:
    """Returns the PDF as it goes into a pack; None for a file of another kind, and for a PDF that cannot be printed.

    One that was there before PDFs were checked is checked now; where it has to be cleaned, that goes to the folder: what was
    published stays as it is. Raises Refusal where the bytes are gone.
    """
    if document.extension != kinds.PDF.extension:
        return None
    path = Path(document.file.path)
    if not path.exists():
        raise Refusal(GONE.format(document.title))
    check = PdfCheck.objects.of_document(document).filter(state=PdfCheck.State.PASSED).first()
    if check:
        sizes = tuple((width, height) for width, height in check.sizes)
        return Printable(path, sizes, check.tagged, document.sha256)
    try:
        found = safely.check_pdf(path.read_bytes())
    except Refusal:
        return None
    if found.clean is None:
        return Printable(path, found.sizes, found.tagged, document.sha256)
    path = folder / f"{document.pk}.pdf"
    path.write_bytes(found.clean)
    return Printable(path, found.sizes, found.tagged)

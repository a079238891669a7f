"""What is known of an uploaded PDF that was checked. Loads nothing that reads PDFs: web processes import it."""

from dataclasses import dataclass

CLEAN = "clean.pdf"  # what the child leaves in the folder where the file had to change


@dataclass(frozen=True)
class CheckedPdf:
    """A PDF that can be set into a pack. `sizes` are width and height of each page as it is shown, in points; `tagged`: its
    author made it for screen readers; `flattened`: form fields or notes are now part of its pages; `notes` tell the
    uploader what changed; `clean` is the file to keep, or None where nothing had to change."""

    sizes: tuple[tuple[float, float], ...]
    tagged: bool
    flattened: bool
    notes: tuple[str, ...] = ()
    clean: bytes | None = None

    @property
    def pages(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True)
class ArchivedPdf:
    """A PDF from before the portal that may be shown: it stays byte for byte what it was, unless it is `cleaned`. `tagged`: its
    author made it for screen readers; `notes` tell whoever brought it what we found."""

    pages: int
    tagged: bool
    cleaned: bool = False
    notes: tuple[str, ...] = ()

"""Papers from before the portal, read many at a time. Runs in the child process; loads pikepdf.

They are a record, and never part of a pack: a file stays byte for byte what it was, and is set by nobody. What acts or hides is
taken out of it, as it is at upload, and what misleads is refused.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pikepdf

from partnership.files import archives, clean_pdf, kinds
from partnership.files.checked_pdf import CLEAN, ArchivedPdf
from partnership.files.limits import MEGABYTE, MOST_BYTES_OF_A_PAST_PAPER
from partnership.refusals import Refusal

END = 2048  # bytes in which they look for the mark of its end
MOST_TO_NAME = 20 * MEGABYTE  # of a file that is no PDF: its kind is not worth more
LOCKED = "The PDF is locked with a password: save it without one and import that"
DAMAGED = "The PDF is damaged: open it, save it again as a PDF and import that"
CUT_SHORT = "The end of the PDF is missing: copy it again from where you have it"
NO_PAGES = "The PDF has no pages"
UNREADABLE = "Page {} cannot be read: open the PDF, print it to a new PDF and import that"
NO_PDF = "This is {} file, not a PDF: save it as a PDF and import that"
NO_PDF_AT_ALL = "This is not a PDF: save it as one and import that"
ZIP_IN_ZIP = "This is a zip inside the zip, or another packed file: unpack it and import what is in it"
REPAIRABLE = "The file is slightly damaged: open it and see that every page is there"
CLEANED = "We took programs, attached files, sounds or films out of it"
COMMENTS = "{:,} comments or marks lie on its pages, and people can read them: open it and look"
COMMENT = "A comment or mark lies on one of its pages, and people can read it: open it and look"


def read_all(files: Iterable[dict], folder: Path) -> list[dict]:
    """What each of the files is. A file has a `row`, its own number, and either `path`, or `zip` and the `number` in it.

    A PDF that came out of a zip, or that had to be cleaned, is left in the folder under the number of its row.
    """
    return [{"row": each["row"], **_read(each, folder)} for each in files]


def _read(file: dict, folder: Path) -> dict[str, Any]:
    left = folder / f"{file['row']}.pdf"
    try:
        if "zip" in file:
            archives.unpack(Path(file["zip"]), file["number"], left)
        sent = left if "zip" in file else Path(file["path"])
        size, digest = sent.stat().st_size, _digest(sent)
        found = check(sent, folder)
    except Refusal as refusal:
        left.unlink(missing_ok=True)
        return {"refused": str(refusal)}
    if found.cleaned:
        (folder / CLEAN).replace(left)
    kept = left if left.exists() else sent
    return {"sha256": digest, "sent": size, "size": kept.stat().st_size, "left": left.exists(), **asdict(found)}


def check(sent: Path, folder: Path) -> ArchivedPdf:
    """Returns what the PDF holds; one that had to be cleaned is left in the folder as CLEAN. Raises Refusal, in words, for
    what is no PDF, is damaged or locked, or misleads whoever reads it."""
    _refuse_other_files(sent)
    try:
        with pikepdf.open(sent) as pdf:
            repairable = bool(pdf.get_warnings())
            if repairable and b"%%EOF" not in _end_of(sent):
                raise Refusal(CUT_SHORT, "file")
            pages = len(pdf.pages)
            if not pages:
                raise Refusal(NO_PAGES, "file")
            clean_pdf.refuse_what_misleads(pdf)
            for number, page in enumerate(pdf.pages, 1):
                _unpack_contents(page, number)
            cleaned = clean_pdf.remove_what_acts(pdf)
            notes = _comments(pdf)
            if cleaned:
                pdf.save(folder / CLEAN)
            tagged = _is_tagged(pdf)
    except pikepdf.PasswordError as error:
        raise Refusal(LOCKED, "file") from error
    except pikepdf.PdfError as error:
        raise Refusal(DAMAGED, "file") from error
    said = ([CLEANED] if cleaned else []) + ([REPAIRABLE] if repairable else []) + notes
    return ArchivedPdf(pages, tagged, cleaned, tuple(said))


def _is_tagged(pdf: Any) -> bool:
    return "/StructTreeRoot" in pdf.Root and bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False))


def _refuse_other_files(sent: Path) -> None:
    """Raises Refusal, with the kind of file it is, for what is no PDF."""
    size = sent.stat().st_size
    if size > MOST_BYTES_OF_A_PAST_PAPER:
        raise Refusal(archives.TOO_LARGE, "file")
    if not size:
        raise Refusal(archives.EMPTY, "file")
    with sent.open("rb") as file:
        head = file.read(kinds.HEAD)
    if kinds.PDF_MARK in head:
        return
    if size > MOST_TO_NAME:
        raise Refusal(ZIP_IN_ZIP if head.startswith(kinds.PACKED) else NO_PDF_AT_ALL, "file")
    kind = kinds.recognise(sent.read_bytes())
    if kind == kinds.ARCHIVE:
        raise Refusal(ZIP_IN_ZIP, "file")
    raise Refusal(NO_PDF_AT_ALL if kind == kinds.UNKNOWN else NO_PDF.format(kind), "file")


def _unpack_contents(page: Any, number: int) -> None:
    """Raises Refusal for a page whose contents no reader could show."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    try:
        for stream in streams:
            if isinstance(stream, pikepdf.Stream):
                stream.read_bytes()
    except pikepdf.PdfError as error:
        raise Refusal(UNREADABLE.format(number), "file") from error


def _comments(pdf: pikepdf.Pdf) -> list[str]:
    """What is said of comments, which stay: whoever brings old papers may not know of them."""
    number = sum(1 for mark in clean_pdf.marks(pdf) if mark.get("/Subtype") not in ("/Widget", "/Link", "/Popup"))
    if not number:
        return []
    return [COMMENT if number == 1 else COMMENTS.format(number)]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _end_of(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END))
        return file.read()

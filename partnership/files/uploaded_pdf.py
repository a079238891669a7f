"""An uploaded PDF: can it be opened, and can each of its pages be set into a pack. Runs in the child process.

pikepdf opens and cleans it; typst then sets every page once, because a pack is one typst document: what typst would lose
is found now and not on the day of publication.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import typst

from partnership.files import clean_pdf
from partnership.files.checked_pdf import CLEAN, CheckedPdf
from partnership.files.child import ROOT
from partnership.refusals import Refusal

TEMPLATE = ROOT / "templates" / "print" / "every_page.typ"
SENT, SET = "sent.pdf", "set.pdf"
LOCKED = "The PDF is locked with a password: save it without one"
DAMAGED = "The PDF is damaged: open it, save it again as a PDF and send the new one"
CUT_SHORT = "The end of the PDF is missing: send it again"
NO_PAGES = "The PDF has no pages: choose one with pages"
NO_SIZE = "Page {} has no size that can be printed: print the PDF to a new PDF and send that"
UNREADABLE = "Page {} cannot be read: open the PDF, print it to a new PDF and send that"
EMPTY = "Page {} would be empty in the pack: open the PDF, print it to a new PDF and send that"
NEWEST = "1.7"  # that typst sets: a pack is of this version
OLDER = f"We saved it as PDF {NEWEST}, because packs of papers have no newer one: check that it looks the same"
REPAIRED = "The file was damaged and we repaired it: check that every page is there"
END = 2048  # bytes in which programs look for the mark of the end
DEEPEST = 8  # pictures inside pictures
SMALLEST, LARGEST = 1, 1_000_000  # points
DRAWS = re.compile(  # text, lines and areas, shading, a picture in the page itself
    rb"""(?<![^\s\[\]()<>])(?:Tj|TJ|'|"|S|s|f\*?|F|B\*?|b\*?|sh|EI)(?![^\s\[\]()<>/])"""
)
DRAWS_NAMED = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do(?![^\s\[\]()<>/])")


def check(data: bytes, folder: Path) -> CheckedPdf:
    """Returns what the PDF holds, and leaves it in the folder: as CLEAN where it had to change. Raises Refusal, with a
    sentence for the uploader, for a password, a page tree that cannot be read, or a page that is or would be lost."""
    sent = folder / SENT
    sent.write_bytes(data)
    try:
        with pikepdf.open(sent) as pdf:
            repaired = bool(pdf.get_warnings())
            if repaired and b"%%EOF" not in data[-END:]:
                raise Refusal(CUT_SHORT, "file")
            pages = len(pdf.pages)
            if not pages:
                raise Refusal(NO_PAGES, "file")
            cleaned = clean_pdf.clean(pdf)
            drawn = [_draws_on(pdf, number) for number in range(1, pages + 1)]
            newer = _version(pdf) > NEWEST
            notes = ([REPAIRED] if repaired else []) + ([OLDER] if newer else []) + cleaned.notes
            if notes:
                _save(pdf, folder / CLEAN, newer=newer)
            tagged = _is_tagged(pdf)
        sizes = _set_every_page(folder, CLEAN if notes else SENT, drawn)
    except pikepdf.PasswordError as error:
        raise Refusal(LOCKED, "file") from error
    except pikepdf.PdfError as error:
        raise Refusal(DAMAGED, "file") from error
    return CheckedPdf(tuple(sizes), tagged, cleaned.flattened, tuple(notes))


def _version(pdf: Any) -> str:
    """Which a file says twice: the newer one counts."""
    return max(pdf.pdf_version, str(pdf.Root.get("/Version", "")).removeprefix("/"))


def _save(pdf: Any, path: Path, *, newer: bool) -> None:
    if newer and "/Version" in pdf.Root:
        del pdf.Root["/Version"]
    pdf.save(path, force_version=NEWEST if newer else "")


def _is_tagged(pdf: Any) -> bool:
    return "/StructTreeRoot" in pdf.Root and bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False))


def _draws_on(pdf: Any, number: int) -> bool:
    """Whether anything is drawn on the page. Raises Refusal when its contents cannot be unpacked."""
    try:
        return draws(pdf.pages[number - 1])
    except pikepdf.PdfError as error:
        raise Refusal(UNREADABLE.format(number), "file") from error


def draws(page: Any) -> bool:
    """Whether a page draws anything at all, a white picture included."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams if stream is not None)
    return _draws(data, page.resources, DEEPEST)


def _draws(data: bytes, resources: Any, deep: int) -> bool:
    if DRAWS.search(data):
        return True
    named = resources.get("/XObject", {}) if resources is not None else {}
    pictures = (named.get(f"/{name.decode('latin-1')}") for name in set(DRAWS_NAMED.findall(data)))
    return any(_draws_itself(picture, resources, deep) for picture in pictures if picture is not None)


def _draws_itself(picture: Any, resources: Any, deep: int) -> bool:
    if picture.get("/Subtype") != "/Form":
        return bool(picture.read_raw_bytes())
    return deep > 0 and _draws(picture.read_bytes(), picture.get("/Resources", resources), deep - 1)


def _set_every_page(folder: Path, name: str, drawn: list[bool]) -> list[tuple[float, float]]:
    """The size of each page as typst sets it. Raises Refusal for a page that was drawn on and comes out empty."""
    no_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    shutil.copy(TEMPLATE, folder)
    facts = {"file": f"/{name}", "pages": str(len(drawn))}
    try:
        typst.compile(
            folder / TEMPLATE.name,
            output=folder / SET,
            root=folder,
            font_paths=no_fonts,
            sys_inputs=facts,
            pdf_tags=False,
        )
    except typst.TypstError as error:
        raise Refusal(DAMAGED, "file") from error
    sizes = []
    with pikepdf.open(folder / SET) as pdf:
        for number, (page, was_drawn) in enumerate(zip(pdf.pages, drawn, strict=True), 1):
            if was_drawn and not draws(page):
                raise Refusal(EMPTY.format(number), "file")
            width, height = (float(side) for side in page.mediabox[2:])
            if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
                raise Refusal(NO_SIZE.format(number), "file")
            sizes.append((round(width, 1), round(height, 1)))
    return sizes

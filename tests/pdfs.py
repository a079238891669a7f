"""What a PDF shows: its words, and that a font drew each of them."""

import io
import unicodedata

import pypdf
from pypdf.generic import ContentStream


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in read(content).pages)


def letters(text: str) -> set[str]:
    """Its letters in any order: words from right to left are stored as they are drawn, and joined letters as one."""
    return {letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha()}


def fonts_of(content: bytes) -> set[str]:
    """The names of the fonts it holds, without the letters that say it holds a part of the font."""
    return {
        str(font["/BaseFont"]).partition("+")[2].partition("-")[0]
        for page in read(content).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }


def empty_boxes(content: bytes) -> int:
    """How often glyph 0 is drawn, which is what fonts have for a character they lack."""
    return sum(_glyphs(page).count(0) for page in read(content).pages)


def glyphs(content: bytes) -> int:
    """How many glyphs it draws."""
    return sum(len(_glyphs(page)) for page in read(content).pages)


def meant_for_every_reader(content: bytes) -> bool:
    """Whether it says that it keeps to PDF/UA-1."""
    return "pdfuaid:part" in read(content).trailer["/Root"]["/Metadata"].get_data().decode()


def _glyphs(page: pypdf.PageObject) -> list[int]:
    drawn: list[int] = []
    for values, operator in ContentStream(page["/Contents"], page.pdf).operations:
        if operator in (b"Tj", b"TJ"):
            pieces = values[0] if operator == b"TJ" else values
            for piece in (each.original_bytes for each in pieces if hasattr(each, "original_bytes")):
                drawn += [int.from_bytes(piece[at : at + 2]) for at in range(0, len(piece), 2)]
    assert drawn, "no text is drawn on this page"
    return drawn

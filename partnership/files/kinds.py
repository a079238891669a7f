"""What kind a file is, by its bytes. Its name is never trusted."""

import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from io import BytesIO

from partnership.files.limits import MOST_OF_A_PART, MOST_PARTS, MOST_RATIO, MOST_UNPACKED, NO_RATIO_BELOW
from partnership.files.text_table import decode
from partnership.refusals import Refusal


@dataclass(frozen=True)
class Kind:
    """A kind of file. `macros`: this one holds programs."""

    name: str
    extension: str
    content_type: str
    macros: bool = False

    @property
    def without_macros(self) -> "Kind":
        return replace(self, macros=False)

    def __str__(self) -> str:
        return f"{'an' if self.name[0] in 'AEIOUaeiou' else 'a'} {self.name}"


PDF = Kind("PDF", "pdf", "application/pdf")
PNG = Kind("PNG picture", "png", "image/png")
JPEG = Kind("JPEG picture", "jpg", "image/jpeg")
GIF = Kind("GIF picture", "gif", "image/gif")
CSV = Kind("CSV", "csv", "text/csv")
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind("Word document", "docx", f"{OFFICE}wordprocessingml.document")
PPTX = Kind("PowerPoint slides", "pptx", f"{OFFICE}presentationml.presentation")
XLSX = Kind("Excel sheet", "xlsx", f"{OFFICE}spreadsheetml.sheet")
XLSB = Kind("binary Excel", "xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12")
OLD_OFFICE = Kind("old Office", "xls", "application/x-ole-storage")
LOCKED_OFFICE = Kind("locked Office", "xlsx", "application/encrypted")
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
ODT = Kind("OpenDocument text", "odt", f"{OPEN_DOCUMENT}text")
ODP = Kind("OpenDocument slides", "odp", f"{OPEN_DOCUMENT}presentation")
ODS = Kind("OpenDocument sheet", "ods", f"{OPEN_DOCUMENT}spreadsheet")
NUMBERS = Kind("Numbers", "numbers", "application/vnd.apple.numbers")
RTF = Kind("Rich Text", "rtf", "application/rtf")
CONTACTS = Kind("contact card", "vcf", "text/vcard")
WEB_PAGE = Kind("web page", "html", "text/html")
ARCHIVE = Kind("packed archive", "zip", "application/zip")
UNKNOWN = Kind("unknown", "bin", "application/octet-stream")

DOCUMENTS = (PDF, DOCX, PPTX, XLSX, ODT, ODP, PNG, JPEG, CSV)
TABLES = (CSV, XLSX)

PDF_MARK = b"%PDF-"
HEAD = 1024  # bytes in which readers look for the mark of a PDF: mail programs put lines before it
STARTS = (
    (PDF_MARK, PDF),
    (b"\x89PNG", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"{\\rtf", RTF),
    (b"BEGIN:VCARD", CONTACTS),
    (b"\x1f\x8b", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
)
PACKED = (b"PK\x03\x04", b"PK\x05\x06")
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NUMBERED = re.compile(r"word/document\d+\.xml")  # as Word on the web names it
OFFICE_PARTS = {
    "word/document.xml": DOCX,
    "ppt/presentation.xml": PPTX,
    "xl/workbook.xml": XLSX,
    "xl/workbook.bin": XLSB,
}
PAGE = re.compile(r"<(!|\?xml|[a-z][a-z0-9:-]*[\s/>])", re.IGNORECASE)
PROGRAM = ("#!", "%!")
START_OF_A_PART = 256 * 1024  # bytes of a part that are unpacked to tell a kind


def recognise(data: bytes) -> Kind:
    """Returns what the bytes are, UNKNOWN included. Raises Refusal when they are empty, damaged, locked or too large."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Refusal("The file is empty: choose a file with something in it", "file")
    if data.startswith(PACKED):
        return _packed(data)
    if data.startswith(OLE):
        return LOCKED_OFFICE if ENCRYPTED in data else OLD_OFFICE
    if found := next((kind for start, kind in STARTS if data.startswith(start)), None):
        return found
    return PDF if PDF_MARK in data[:HEAD] else _text(data)


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_what_no_program_writes(infos)
            return _of_parts(archive, {info.filename for info in infos})
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, RuntimeError, OSError, EOFError) as error:
        raise Refusal("The file is damaged: open it, save it again and send the new one", "file") from error


def _refuse_what_no_program_writes(infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 0x1 for info in infos):
        raise Refusal("The file is locked with a password: save it without one", "file")
    if any(info.compress_type not in PACKINGS for info in infos):
        raise zipfile.BadZipFile("packed in a way no office program uses")
    if _is_bomb(infos):
        raise Refusal("The file unpacks to more than we can read: make it smaller", "file")


def _is_bomb(infos: list[zipfile.ZipInfo]) -> bool:
    """Whether the file, or a part of it, grows beyond measure. What a part says of its size, no reader exceeds."""
    return (
        len(infos) > MOST_PARTS
        or sum(info.file_size for info in infos) > MOST_UNPACKED
        or any(info.file_size > MOST_OF_A_PART for info in infos)
        or any(info.file_size > max(NO_RATIO_BELOW, MOST_RATIO * info.compress_size) for info in infos)
    )


def _of_parts(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "mimetype" in names:
        said = _start(archive, "mimetype").strip().decode("ascii", "replace")
        if found := next((kind for kind in (ODT, ODP, ODS) if said == kind.content_type), None):
            return replace(found, macros=any(name.startswith(("Basic/", "Scripts/")) for name in names))
    plain = {NUMBERED.sub("word/document.xml", name) for name in names}
    kinds = [kind for part, kind in OFFICE_PARTS.items() if part in plain]
    if len(kinds) == 1:
        types = _start(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
        programs = any(name.lower().endswith("vbaproject.bin") for name in names)
        return replace(kinds[0], macros=programs or b"macroEnabled" in types)
    if "Index/Document.iwa" in names:
        return NUMBERS
    return ODS if "content.xml" in names else ARCHIVE


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(START_OF_A_PART)


def _text(data: bytes) -> Kind:
    """CSV for any text that is no page and no program."""
    try:
        text = decode(data).lstrip()
    except ValueError:
        return UNKNOWN
    if PAGE.match(text):
        return WEB_PAGE
    return UNKNOWN if text.startswith(PROGRAM) else CSV

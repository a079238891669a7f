"""Uploaded files: what they are is read from their bytes; their names are never trusted."""

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE  # a packed office file that grows beyond this is refused unread
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


@dataclass(frozen=True)
class Kind:
    """A kind of file the portal takes."""

    name: str
    extension: str
    content_type: str


PDF = Kind("PDF", "pdf", "application/pdf")
PNG = Kind("PNG picture", "png", "image/png")
JPEG = Kind("JPEG picture", "jpg", "image/jpeg")
CSV = Kind("CSV", "csv", "text/csv")
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind("Word document", "docx", f"{OFFICE}wordprocessingml.document")
PPTX = Kind("PowerPoint slides", "pptx", f"{OFFICE}presentationml.presentation")
XLSX = Kind("Excel sheet", "xlsx", f"{OFFICE}spreadsheetml.sheet")
ODT = Kind("OpenDocument text", "odt", "application/vnd.oasis.opendocument.text")
ODP = Kind("OpenDocument slides", "odp", "application/vnd.oasis.opendocument.presentation")
DOCUMENTS = (PDF, DOCX, PPTX, XLSX, ODT, ODP, PNG, JPEG, CSV)
SHEETS = (CSV, XLSX)
MAIN_PARTS = {"word/document.xml": DOCX, "ppt/presentation.xml": PPTX, "xl/workbook.xml": XLSX}


class Refused(ValueError):
    """The file cannot be taken; the text says why and what to send."""


def recognise(file) -> Kind:
    """Returns what the bytes of a seekable binary file are, and leaves it at its start. Raises Refused."""
    file.seek(0)
    head = file.read(4096)
    try:
        return _by_bytes(file, head)
    finally:
        file.seek(0)


def _by_bytes(file, head: bytes) -> Kind:
    if not head.strip():
        raise Refused("The file is empty: choose one with something in it")
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused("This is an old or protected Office file: save it as DOCX, PPTX, XLSX or PDF, without a password")
    if _is_table(file):
        return CSV
    raise Refused("We cannot tell what kind of file this is: send a PDF, Office or OpenDocument file, PNG, JPEG or CSV")


def _packed(file) -> Kind:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise Refused("The file unpacks to more than we can read: make it smaller")
            if any(info.flag_bits & 0x1 for info in infos):
                raise Refused("The file is locked with a password: save it without one")
            names = {info.filename for info in infos}
            kind = _office_open(archive, names) or _open_document(archive, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise Refused("The file is damaged: open it, save it again and send the new one") from error
    if kind is None:
        raise Refused("This is an archive: send the documents one by one")
    return kind


def _office_open(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if "[Content_Types].xml" not in names:
        return None
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("The file holds macros: save it without them, as DOCX, PPTX or XLSX")
    kinds = [kind for part, kind in MAIN_PARTS.items() if part in names]
    return kinds[0] if len(kinds) == 1 else None


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if "mimetype" not in names:
        return None
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Refused("The file holds macros: save it without them")
    said = archive.read("mimetype").strip().decode("ascii", "replace")
    return next((kind for kind in (ODT, ODP) if said == kind.content_type), None)


def _is_table(file) -> bool:
    """Plain text without control characters that is not a page, a script or a program."""
    file.seek(0)
    data = file.read()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return False
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in set(text)):
        return False
    return not text.lstrip().startswith(("<", "#!", "%!", "{\\rtf"))


def safe_name(name: str, kind: Kind) -> str:
    """Returns a name fit for a download on any system: the stem in plain letters, the ending the bytes deserve."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "document"
    if plain.lower() in RESERVED:
        plain = f"file-{plain}"
    return f"{plain}.{kind.extension}"


class UploadField(forms.FileField):
    """A file of one of `kinds`, at most `most_bytes`. The cleaned file has `.kind` and `.safe_name`."""

    widget = forms.FileInput
    default_error_messages = {
        "required": "Choose a file",
        "invalid": "Choose a file",
        "missing": "Choose a file",
        "empty": "The file is empty: choose one with something in it",
    }

    def __init__(self, *, kinds: tuple[Kind, ...] = DOCUMENTS, most_bytes: int = MOST_BYTES, **kwargs) -> None:
        self.kinds, self.most_bytes = kinds, most_bytes
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{kind.extension}" for kind in kinds)

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        file = super().to_python(data)
        if file is None:
            return None
        if file.size > self.most_bytes:
            most, size = self.most_bytes // MEGABYTE, file.size / MEGABYTE
            raise ValidationError(f"The file is {size:.0f} MB: choose one of at most {most} MB", code="too_big")
        try:
            file.kind = recognise(file)
        except Refused as error:
            raise ValidationError(str(error), code="unrecognised") from error
        if file.kind not in self.kinds:
            wanted = ", ".join(kind.extension.upper() for kind in self.kinds)
            raise ValidationError(f"This is a {file.kind.name} file: choose {wanted}", code="kind")
        file.safe_name = safe_name(file.name or "", file.kind)
        return file

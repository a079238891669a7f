"""What a file is, by its bytes. Its name is never trusted."""

import re
import zipfile
from io import BytesIO

from partnership.ui.sheets.refused import MOST_BYTES, MOST_UNPACKED, ImportRefused

WORKBOOK, TEXT = "workbook", "text"
SEND = "save the list as Excel (.xlsx) or CSV and send that"

MAGIC = [
    (b"%PDF-", f"This is a PDF: {SEND}"),
    (b"\x89PNG", f"This is a picture: {SEND}"),
    (b"\xff\xd8\xff", f"This is a picture: {SEND}"),
    (b"GIF8", f"This is a picture: {SEND}"),
    (b"{\\rtf", f"This is a text document: {SEND}"),
    (b"BEGIN:VCARD", f"These are contact cards: {SEND}"),
    (b"\x1f\x8b", f"This is a packed archive: unpack it, {SEND}"),
    (b"Rar!", f"This is a packed archive: unpack it, {SEND}"),
    (b"7z\xbc\xaf", f"This is a packed archive: unpack it, {SEND}"),
]
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = re.compile(rb"\s*<(!doctype|html|\?xml|table|meta|head)", re.IGNORECASE)
OTHER_PACKED = {
    "word/document.xml": f"This is a Word document: {SEND}",
    "ppt/presentation.xml": f"These are PowerPoint slides: {SEND}",
    "xl/workbook.bin": f"This is a binary Excel file (.xlsb): {SEND}",
    "Index/Document.iwa": f"This is a Numbers file: {SEND}",
    "content.xml": f"This is an OpenDocument file: {SEND}",
}


def recognise(data: bytes) -> str:
    """Returns WORKBOOK or TEXT. Raises ImportRefused, saying what the file is, for anything else."""
    if len(data) > MOST_BYTES:
        raise ImportRefused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB: split it into smaller files")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ImportRefused("The file is empty: choose a file with something in it")
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(OLD_OFFICE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
            raise ImportRefused("The file is locked with a password: save it without one")
        raise ImportRefused(f"This is an old Excel or Office file (.xls): open it, {SEND}")
    for start, why in MAGIC:
        if data.startswith(start):
            raise ImportRefused(why)
    if PAGE.match(data[:200].removeprefix(b"\xef\xbb\xbf")):
        raise ImportRefused(f"This is a web page, whatever its name says: open it, {SEND}")
    return TEXT


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            unpacked = sum(info.file_size for info in infos)
            locked = any(info.flag_bits & 0x1 for info in infos)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, LookupError) as error:
        raise ImportRefused("The file is damaged: open it, save it again and send the new one") from error
    if unpacked > MOST_UNPACKED:
        raise ImportRefused("The file unpacks to far more than a list should: copy the list into a new sheet")
    if locked:
        raise ImportRefused("The file is locked with a password: save it without one")
    if "xl/workbook.xml" in names:
        return WORKBOOK
    for name, why in OTHER_PACKED.items():
        if name in names:
            raise ImportRefused(why)
    raise ImportRefused(f"This is a packed archive: unpack it, {SEND}")

"""Uploaded files in forms: what they are is read from their bytes; their names are never trusted."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from partnership.files import kinds, safely
from partnership.files.kinds import DOCUMENTS, Kind
from partnership.files.limits import MEGABYTE, MOST_BYTES, MOST_BYTES_OF_A_PAPER_IMPORT, MOST_ROWS
from partnership.refusals import Refusal
from partnership.text import one_line

MOST_BYTES_OF_A_DOCUMENT = 20 * MEGABYTE
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
OFFICE = (kinds.DOCX, kinds.PPTX, kinds.XLSX)
SAID = {
    kinds.OLD_OFFICE: "This is an old or protected Office file: save it as DOCX, PPTX, XLSX or PDF, without a password",
    kinds.LOCKED_OFFICE: (
        "This is an old or protected Office file: save it as DOCX, PPTX, XLSX or PDF, without a password"
    ),
    kinds.ARCHIVE: "This is an archive: send the documents one by one",
    kinds.UNKNOWN: (
        "We cannot tell what kind of file this is: send a PDF, Office or OpenDocument file, PNG, JPEG or CSV"
    ),
}


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

    def __init__(
        self, *, kinds: tuple[Kind, ...] = DOCUMENTS, most_bytes: int = MOST_BYTES_OF_A_DOCUMENT, **kwargs
    ) -> None:
        self.kinds, self.most_bytes = kinds, most_bytes
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{kind.extension}" for kind in kinds)

    def to_python(self, data: File | None) -> File | None:
        file: Any = super().to_python(data)  # of Django's own class, and gets two names more
        if file is None:
            return None
        if file.size > self.most_bytes:
            most, size = self.most_bytes // MEGABYTE, file.size / MEGABYTE
            raise ValidationError(f"The file is {size:.0f} MB: choose one of at most {most} MB", code="too_big")
        file.seek(0)
        try:
            file.kind = safely.recognise(file.read())
        except Refusal as refusal:
            raise ValidationError(str(refusal), code="unrecognised") from refusal
        file.seek(0)
        if file.kind not in self.kinds:
            raise ValidationError(self._why_not(file.kind), code="kind")
        file.safe_name = safe_name(file.name or "", file.kind)
        return file

    def _why_not(self, kind: Kind) -> str:
        if kind.macros:
            instead = ", as DOCX, PPTX or XLSX" if kind.without_macros in OFFICE else ""
            return f"The file holds macros: save it without them{instead}"
        wanted = ", ".join(kind.extension.upper() for kind in self.kinds)
        return SAID.get(kind, f"This is {kind} file: choose {wanted}")


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[File]:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class PapersField(forms.FileField):
    """A zip or several PDFs, however large. They are neither opened nor held in memory here: what each is, the worker says.
    Gives a list."""

    widget = _ManyFiles
    default_error_messages = {
        "required": "Choose a zip or some PDFs",
        "kind": "Choose a zip or PDFs: we can use no other file",
        "too_big": f"Together the files are larger than {MOST_BYTES_OF_A_PAPER_IMPORT // MEGABYTE // 1024} GB: import them "
        "in parts",
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(allow_empty_file=True, **kwargs)  # which is said of each file beside the others
        self.widget.attrs |= {"accept": ".zip,.pdf", "multiple": True, "class": "govuk-file-upload"}

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        files = [super(PapersField, self).clean(each, initial) for each in data or [None]]
        if sum(file.size for file in files) > MOST_BYTES_OF_A_PAPER_IMPORT:
            raise ValidationError(self.error_messages["too_big"], code="too_big")
        if not any(self._looks_right(file) for file in files):
            raise ValidationError(self.error_messages["kind"], code="kind")
        for file in files:
            file.name = one_line(file.name or "")
        return files

    @staticmethod
    def _looks_right(file: File) -> bool:
        head = file.read(1024)
        file.seek(0)
        return head.startswith(kinds.PACKED) or b"%PDF-" in head


class ReadField(forms.FileField):
    """A file that is read at once, of any name: what it is, the bytes say when an action reads them. Its name is one line."""

    widget = forms.FileInput
    default_error_messages = {
        "required": "Choose a file",
        "empty": "The file is empty: choose a file with something in it",
        "max_length": "The name of the file is too long: give it a shorter one",
    }

    def __init__(self, *, most_bytes: int, too_big: str, accept: str, **kwargs) -> None:
        """`too_big` is said of a file with more bytes; `accept`: the endings that a browser offers."""
        self.most_bytes, self.too_big = most_bytes, too_big
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs["accept"] = accept

    def to_python(self, data: File | None) -> File | None:
        file = super().to_python(data)
        if file is None:
            return None
        if file.size > self.most_bytes:
            raise ValidationError(self.too_big, code="too_big")
        file.name = one_line(file.name or "")
        return file


class TableField(ReadField):
    """A file with a table."""

    def __init__(self, *, then: str, **kwargs) -> None:
        """`then` says, to the person, what has not happened yet once the file is read."""
        most = f"{MOST_BYTES // MEGABYTE} MB"
        super().__init__(
            label="CSV or Excel file",
            help_text=f"At most {most} and {MOST_ROWS:,} rows. {then}",
            most_bytes=MOST_BYTES,
            too_big=f"The file is larger than {most}: split it into smaller files",
            accept=".csv,.xlsx,.txt,.tsv",
            **kwargs,
        )

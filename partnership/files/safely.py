"""Reads a file somebody sent in a child process, so that no file can take the web process's time or memory.

Each function raises Refusal, naming "file", in a sentence for the person: for what the reader refuses, and for a file
that breaks it.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from partnership.files.checked_pdf import CLEAN, CheckedPdf
from partnership.files.child import ENVIRONMENT, ROOT, how_it_ended
from partnership.files.kinds import Kind
from partnership.files.limits import MOST_SECONDS, MOST_SECONDS_OF_A_PDF
from partnership.files.tables import Table
from partnership.files.work_folder import work_folder
from partnership.refusals import Refusal

logger = logging.getLogger(__name__)
BROKEN = "We cannot read this file: it is too large or too complex. Copy what matters into a new file and send that"
BROKEN_PDF = (
    "We cannot print this PDF: it is too large or too complex. Print it to a new PDF, or split it into smaller files"
)

BROKEN_ZIP = "We cannot read this zip: it is too large or too complex. Make smaller ones of it"
BROKEN_PAPER = "We cannot read this PDF: it is too large or too complex. Print it to a new PDF and import that"


def recognise(data: bytes) -> Kind:
    """Returns what kind of file the bytes are."""
    return Kind(**_read(data, "recognise"))


def read_table(
    data: bytes,
    headings: Callable[[list[str]], int],
    *,
    long_cells: bool = False,
    sheet: str = "",
    seconds: float = MOST_SECONDS,
) -> Table:
    """Returns the table in the file, as `tables.parse` does. `headings` is a function of a module without Django.

    A reader that takes more than `seconds` is stopped.
    """
    found = _read(data, "table", _name(headings), "long" if long_cells else "", sheet, seconds=seconds)
    pairs = {what: [(first, second) for first, second in found[what]] for what in ("rows", "errors")}
    return Table(**found | pairs)


def read_report(data: bytes, read: Callable[[bytes], dict]) -> dict:
    """Returns what `read`, a function of a module without Django, makes of the bytes: plain lists and dicts."""
    return _read(data, "report", _name(read))


def _name(function: Callable) -> str:
    return f"{function.__module__}:{function.__qualname__}"


def check_pdf(data: bytes, *, seconds: float = MOST_SECONDS_OF_A_PDF) -> CheckedPdf:
    """Returns what the PDF holds, every page of which was set once; see `uploaded_pdf.check`. `clean` is the file to keep
    and to publish instead of the one that was sent, where the two differ.

    It takes as long as the file asks for, up to `seconds`: a page asks for less than a web process may wait, or leaves it
    to the worker.
    """
    with work_folder() as folder:
        found = _read(data, "pdf", str(folder), seconds=seconds, broken=BROKEN_PDF)
        checked = CheckedPdf(**found | {"sizes": tuple((width, height) for width, height in found["sizes"])})
        clean = folder / CLEAN
        return replace(checked, notes=tuple(checked.notes), clean=clean.read_bytes() if clean.exists() else None)


def list_archive(path: str) -> list[dict]:
    """Returns the files of a zip on the disk; see `archives.files_of`."""
    return _read(path.encode(), "archive", broken=BROKEN_ZIP)["files"]


def read_papers(files: list[dict], folder: Path) -> list[dict]:
    """Returns what each of these files on the disk is, those of a zip too; see `archived_pdf.read_all`. Raises Refusal where one
    of them breaks the reader, which does not say which."""
    found = _read(json.dumps(files).encode(), "papers", str(folder), seconds=MOST_SECONDS_OF_A_PDF, broken=BROKEN_PAPER)
    return found["papers"]


def _read(data: bytes, *asked: str, seconds: float = MOST_SECONDS, broken: str = BROKEN) -> dict:
    command = [sys.executable, "-m", "partnership.files.reader", *asked]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            cwd=ROOT,
            env=ENVIRONMENT,
            timeout=seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        logger.warning("The reader of files ended early: %s", how_it_ended(error))
        raise Refusal(broken, "file") from error
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refusal(answer["refused"], "file")
    return answer["found"]

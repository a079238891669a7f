"""Reads one file from standard input and answers in JSON: `python -m partnership.files.reader recognise < file`.

Run by `safely` in a process of its own, with limits on CPU time, memory and size, and no settings or secrets: a file
that breaks the reader breaks nothing else. Loads no Django.
"""

import importlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from partnership.files import child, kinds, tables
from partnership.files.limits import (
    MOST_CPU_SECONDS,
    MOST_CPU_SECONDS_OF_A_REPORT,
    MOST_CPU_SECONDS_TO_TELL,
    MOST_MEMORY,
    MOST_MEMORY_OF_A_PDF,
    MOST_MEMORY_OF_A_REPORT,
    MOST_MEMORY_TO_LIST,
    MOST_MEMORY_TO_TELL,
    MOST_SECONDS_OF_A_PDF,
    MOST_WRITTEN_OF_A_PDF,
)
from partnership.refusals import Refusal

# For each thing asked. Most answer through a pipe and write no file
LIMITS = {
    "recognise": {"seconds": MOST_CPU_SECONDS_TO_TELL, "memory": MOST_MEMORY_TO_TELL},
    "table": {"seconds": MOST_CPU_SECONDS, "memory": MOST_MEMORY},
    "report": {"seconds": MOST_CPU_SECONDS_OF_A_REPORT, "memory": MOST_MEMORY_OF_A_REPORT},
    "pdf": {"seconds": MOST_SECONDS_OF_A_PDF, "memory": MOST_MEMORY_OF_A_PDF, "file_size": MOST_WRITTEN_OF_A_PDF},
    "archive": {"seconds": MOST_CPU_SECONDS, "memory": MOST_MEMORY_TO_LIST},
    "papers": {"seconds": MOST_SECONDS_OF_A_PDF, "memory": MOST_MEMORY_OF_A_PDF, "file_size": MOST_WRITTEN_OF_A_PDF},
}


def recognise(data: bytes) -> dict:
    return asdict(kinds.recognise(data))


def table(data: bytes, headings: str, cells: str = "", sheet: str = "") -> dict:
    return asdict(tables.parse(data, _named(headings), long_cells=cells == "long", sheet=sheet))


def pdf(data: bytes, folder: str) -> dict:
    """What is found; the file to keep is left in the folder."""
    from partnership.files import uploaded_pdf  # loads pikepdf and typst: only who asks about a PDF pays

    return asdict(uploaded_pdf.check(data, Path(folder)))


def archive(data: bytes) -> dict:
    """The files of a zip, which is too large to come through a pipe: the bytes are its path."""
    from partnership.files import archives  # only who asks about a zip pays

    return {"files": archives.files_of(Path(data.decode()))}


def papers(data: bytes, folder: str) -> dict:
    """What is found of files that are named in JSON, as `archived_pdf.read_all` wants them; those to keep are left in the
    folder."""
    from partnership.files import archived_pdf  # loads pikepdf: as above

    return {"papers": archived_pdf.read_all(json.loads(data), Path(folder))}


def report(data: bytes, read: str) -> dict:
    """`read` is a later app's reader of reports, which imports this one: so it is named."""
    return _named(read)(data)


def _named(function: str) -> Callable[..., Any]:
    """A function of ours that is named as "module:function"."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


ASKED: dict[str, Callable[..., dict]] = {
    "recognise": recognise,
    "table": table,
    "report": report,
    "pdf": pdf,
    "archive": archive,
    "papers": papers,
}


def main(asked: str, *words: str) -> None:
    child.limit(**LIMITS[asked])
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = {"found": ASKED[asked](data, *words)}
    except Refusal as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])

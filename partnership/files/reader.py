"""Reads one file from standard input and answers in JSON: `python -m partnership.files.reader recognise < file`.

Run by `safely` in a process of its own, with limits on CPU time, memory and size, and no settings or secrets: a file
that breaks the reader breaks nothing else. Loads no Django.
"""

import importlib
import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from partnership.files import kinds, tables
from partnership.files.limits import (
    MOST_CPU_SECONDS,
    MOST_CPU_SECONDS_OF_A_REPORT,
    MOST_CPU_SECONDS_TO_TELL,
    MOST_MEMORY,
    MOST_MEMORY_OF_A_REPORT,
    MOST_MEMORY_TO_TELL,
)
from partnership.refusals import Refusal

# CPU seconds and bytes of address space, for each thing asked
LIMITS = {
    "recognise": (MOST_CPU_SECONDS_TO_TELL, MOST_MEMORY_TO_TELL),
    "table": (MOST_CPU_SECONDS, MOST_MEMORY),
    "report": (MOST_CPU_SECONDS_OF_A_REPORT, MOST_MEMORY_OF_A_REPORT),
}


def limit(asked: str) -> None:
    """Sets the limits for this process. macOS refuses one of memory."""
    seconds, memory = LIMITS[asked]
    most = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: 0,  # it answers through a pipe and writes no file
        resource.RLIMIT_CORE: 0,
    }
    for what, value in most.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))


def recognise(data: bytes) -> dict:
    return asdict(kinds.recognise(data))


def table(data: bytes, headings: str, cells: str = "", sheet: str = "") -> dict:
    return asdict(tables.parse(data, _named(headings), long_cells=cells == "long", sheet=sheet))


def report(data: bytes, read: str) -> dict:
    """`read` is a later app's reader of reports, which imports this one: so it is named."""
    return _named(read)(data)


def _named(function: str) -> Callable[..., Any]:
    """A function of ours that is named as "module:function"."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


ASKED: dict[str, Callable[..., dict]] = {"recognise": recognise, "table": table, "report": report}


def main(asked: str, *words: str) -> None:
    limit(asked)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = {"found": ASKED[asked](data, *words)}
    except Refusal as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])

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
from partnership.files.limits import MOST_CPU_SECONDS, MOST_MEMORY
from partnership.refusals import Refusal

LIMITS = (
    (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
    (resource.RLIMIT_AS, MOST_MEMORY),
    (resource.RLIMIT_FSIZE, 0),  # it answers through a pipe and writes no file
    (resource.RLIMIT_CORE, 0),
)


def limit() -> None:
    """Sets the limits for this process. macOS refuses one of memory."""
    for what, most in LIMITS:
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def recognise(data: bytes) -> dict:
    return asdict(kinds.recognise(data))


def table(data: bytes, headings: str, cells: str = "") -> dict:
    """`headings` names a function of ours as "module:function"."""
    module, _, name = headings.partition(":")
    score: Callable[[list[str]], int] = getattr(importlib.import_module(module), name)
    return asdict(tables.parse(data, score, long_cells=cells == "long"))


ASKED: dict[str, Callable[..., dict]] = {"recognise": recognise, "table": table}


def main(asked: str, *words: str) -> None:
    limit()
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = {"found": ASKED[asked](data, *words)}
    except Refusal as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])

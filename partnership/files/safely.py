"""Reads a file somebody sent in a child process, so that no file can take the web process's time or memory.

Each function raises Refusal, naming "file", in a sentence for the person: for what the reader refuses, and for a file
that breaks it.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from partnership.files.kinds import Kind
from partnership.files.limits import MOST_SECONDS
from partnership.files.tables import Table
from partnership.refusals import Refusal

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
BROKEN = "We cannot read this file: it is too large or too complex. Copy what matters into a new file and send that"


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


def _read(data: bytes, *asked: str, seconds: float = MOST_SECONDS) -> dict:
    command = [sys.executable, "-m", "partnership.files.reader", *asked]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            cwd=ROOT,
            env={"PYTHONUTF8": "1"},
            timeout=seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        logger.warning("The reader of files ended early: %s", _why(error))
        raise Refusal(BROKEN, "file") from error
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Refusal(answer["refused"], "file")
    return answer["found"]


def _why(error: subprocess.TimeoutExpired | subprocess.CalledProcessError) -> str:
    """How it ended, without a word of what the file holds."""
    last = (error.stderr or b"").decode("utf-8", "replace").strip().rpartition("\n")[2].partition(":")[0]
    return f"{getattr(error, 'returncode', 'time ran out')} {last}".strip()

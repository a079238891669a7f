"""Readers of headings that misbehave, for the child process of `test_safely`."""

import os
import tempfile

from partnership.files.limits import MOST_MEMORY


def spin(row: list[str]) -> int:
    """Never ends, as a pattern that runs away does."""
    while True:
        row.clear()


def grow(row: list[str]) -> int:
    return len(bytearray(2 * MOST_MEMORY))


def write(row: list[str]) -> int:
    """Finds no folder it can write in."""
    with tempfile.TemporaryFile(buffering=0) as file:
        return file.write(b"x" * 100)


def environment(row: list[str]) -> int:
    """Dies where the child has a setting or a secret of its parent."""
    return 1 if "SECRET_KEY" not in os.environ else os.abort()

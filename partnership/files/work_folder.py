"""Folders for work on files that somebody sent. Their papers may be closed, so none outlives its work by more than hours.

Loads no Django.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "portal-work-"
LONGEST_SECONDS = 60 * 60  # of any work in such a folder: a pack takes minutes


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yields an empty folder, which is deleted at the end. Where its process is killed before, whoever next needs a folder
    on this machine deletes it, once it is an hour old."""
    _delete_left_over(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        yield Path(folder)


def _delete_left_over(above: Path) -> None:
    for folder in above.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another process may delete it at the same moment
            if folder.lstat().st_mtime < time.time() - LONGEST_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)  # which follows no link

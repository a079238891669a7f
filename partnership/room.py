"""Whether there is room left on the disks: an upload that finds none is said in words, and `/healthz` says it before."""

import errno
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

NONE_LEFT = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the disk, the share of it, or the largest file one may write
DISK_FULL = "53100"  # of PostgreSQL
MEGABYTE = 1024 * 1024


def is_full(error: BaseException | None) -> bool:
    """Whether something could not be written because there was no room, here or where the database keeps its rows."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NONE_LEFT:
            return True
        if isinstance(error, DatabaseError) and getattr(error.__cause__, "pgcode", None) == DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def free_megabytes() -> int:
    """Returns how much room is left where uploaded files are kept."""
    return shutil.disk_usage(_place()).free // MEGABYTE


def is_writable() -> bool:
    """Whether uploaded files can be written where they are kept: not where the disk is read-only, or another account's."""
    return os.access(_place(), os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def _place() -> Path:
    """Where uploaded files are kept, or the nearest folder above it that is there."""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    return place

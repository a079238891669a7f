"""A process of its own for work that a file may break: what it is started with, and the limits it sets for itself.

Loads no Django: the child imports it.
"""

import resource
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# No settings and no secrets. Typst starts a thread for each processor, and each reserves memory that its limit counts.
ENVIRONMENT = {"PYTHONUTF8": "1", "RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


def limit(*, seconds: int, memory: int, file_size: int = 0, wall_seconds: int = 0) -> None:
    """Sets the limits of this process: CPU seconds, bytes of address space, bytes of a file it writes, and, where they are
    given, seconds of wall-clock, after which it dies. macOS refuses a limit of memory."""
    most = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_CORE: 0,
    }
    for what, value in most.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))
    signal.alarm(wall_seconds)


def how_it_ended(error: subprocess.TimeoutExpired | subprocess.CalledProcessError) -> str:
    """The code it returned and the error it named, without a word of what the file holds."""
    last = (error.stderr or b"").decode("utf-8", "replace").strip().rpartition("\n")[2].partition(":")[0]
    return f"{getattr(error, 'returncode', 'time ran out')} {last}".strip()

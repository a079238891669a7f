"""`make run`: everything the portal needs, in one process tree, until Ctrl-C."""

import argparse
import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import environ

from partnership.local import services
from partnership.local.services.places import BASE_DIR, Places
from partnership.local.tree import Tree

HOST = "127.0.0.1"
LOWEST_PORT, HIGHEST_PORT = 1024, 65535
STARTING_SECONDS = 60
WATCHED = ("partnership", "places", "assemblies", "recovery")  # the folders whose Python the worker is made of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--dev", action="store_true", help="with DEBUG, and what you change is loaded again")
    arguments = parser.parse_args()
    port = arguments.port
    if not LOWEST_PORT <= port <= HIGHEST_PORT:
        sys.exit(
            f"Port {port} cannot be used: choose one from {LOWEST_PORT} to {HIGHEST_PORT}, for example `make run PORT=8000`."
        )
    places = Places(Path(os.environ.get("VAR_DIR") or BASE_DIR / "var"))
    places.run.mkdir(parents=True, exist_ok=True)
    with (places.run / "portal").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(
                f"This portal is already running, at {lock.read() or 'another port'}: open that, or stop it first with Ctrl-C."
            )
        if not _is_free(port):
            free = f"or choose another with `make run PORT={port + 1}`"
            sys.exit(f"Port {port} is in use: stop what is using it, {free}.")
        lock.truncate(0)
        lock.write(f"http://{HOST}:{port}/")
        lock.flush()
        sys.exit(run(port, dev=arguments.dev))


def run(port: int, *, dev: bool = False) -> int:
    """Runs until stopped. Returns the exit code: 0 after Ctrl-C."""
    started = time.monotonic()
    environ.Env.read_env(BASE_DIR / ".env")
    os.environ.setdefault("DEMONSTRATION", "1")
    os.environ.setdefault("PORTAL_URL", f"http://{HOST}:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    os.environ.setdefault("HASHED_STATIC", "0" if dev else "1")
    if dev:
        os.environ.setdefault("DEBUG", "1")
    os.environ["PYTHONUNBUFFERED"] = "1"
    own_inbox = "EMAIL_URL" not in os.environ
    try:
        os.environ.update(services.ensure_running())
    except services.ServiceError as error:
        sys.exit(str(error))
    if own_inbox:
        os.environ["EMAIL_URL"] = f"smtp://{HOST}:{_free_port()}"
    try:
        prepared = subprocess.run([sys.executable, "-m", "partnership.local.prepare"], cwd=BASE_DIR, check=False)
        if prepared.returncode:
            return prepared.returncode
        threading.Thread(target=_greet, args=(port, started, own_inbox), daemon=True).start()
        return Tree(processes(port, own_inbox=own_inbox, dev=dev), cwd=BASE_DIR).run()
    except KeyboardInterrupt:
        return 0
    finally:
        services.release(wait=10)


def processes(port: int, *, own_inbox: bool, dev: bool = False) -> dict[str, str]:
    """Name and shell command of each process of the tree; with `dev`, each reloads what is changed."""
    python = f"exec '{sys.executable}' -m"
    places = Places(Path(os.environ.get("VAR_DIR") or BASE_DIR / "var"))
    found = {}
    if own_inbox:
        smtp_port = os.environ["EMAIL_URL"].rpartition(":")[2]
        found["inbox"] = f"{python} partnership.local.inbox {smtp_port} '{places.var}'"
    if dev:
        found["web"] = f"exec '{sys.executable}' manage.py runserver {HOST}:{port}"
    else:
        found["web"] = f"{python} gunicorn partnership.wsgi --config python:partnership.gunicorn --bind {HOST}:{port}"
    for name, module in (("worker", "partnership.worker"), ("beat", "partnership.clock")):
        again = f"{python} watchfiles --filter python \"'{sys.executable}' -m {module}\" {' '.join(WATCHED)}"
        found[name] = again if dev else f"{python} {module}"
    return found


def _greet(port: int, started: float, own_inbox: bool) -> None:
    """Waits for the first page, then says where to go."""
    address = f"http://{HOST}:{port}"
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/", timeout=5):  # noqa: S310 - our own http address
                break
        except urllib.error.HTTPError:
            break  # it answers, though with an error; the log says why
        except OSError:
            time.sleep(0.1)
    lines = [
        f"The portal is at  {address}/   (ready after {time.monotonic() - started:.1f} s)",
        f"To sign in        {address}/sign-in-as/   one click for each role, or a code by email",
    ]
    if own_inbox:
        lines.append(f"Its email is at   {address}/inbox/   nothing leaves this machine")
    lines.append("To stop           Ctrl-C; what you did is kept in var/")
    print("\n" + "\n".join(f"  {line}" for line in lines) + "\n", flush=True)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()

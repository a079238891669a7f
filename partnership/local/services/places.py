"""Where the embedded services keep their data, locks and sockets."""

import contextlib
import hashlib
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[3]
LONGEST_SOCKET = 100  # a unix socket's path ends at 107 characters on Linux and 103 on macOS


class ServiceError(RuntimeError):
    """One sentence for the person at the terminal: what did not start, and what to do."""


@dataclass(frozen=True)
class Places:
    """The files under one `var` folder."""

    var: Path

    @property
    def run(self) -> Path:
        return self.var / "run"

    @property
    def users(self) -> Path:
        return self.run / "users"

    @property
    def starting(self) -> Path:
        return self.run / "starting"

    @property
    def keeper(self) -> Path:
        return self.run / "keeper"

    @property
    def keeper_pid(self) -> Path:
        return self.run / "keeper.pid"

    @property
    def inbox_url(self) -> Path:
        """Written by the inbox while it listens."""
        return self.run / "inbox.url"

    @property
    def postgres_data(self) -> Path:
        return self.var / "postgres"

    @property
    def postgres_log(self) -> Path:
        return self.var / "log" / "postgres.log"

    @property
    def valkey_data(self) -> Path:
        return self.var / "valkey"

    @property
    def postgres_sockets(self) -> Path:
        return self._sockets() / "pg"

    @property
    def valkey_socket(self) -> Path:
        return self._sockets() / "vk" / "valkey.sock"

    def make(self) -> None:
        """The folders, the sockets' own readable by nobody else. Raises ServiceError where they cannot be written."""
        try:
            for folder in (self.run, self.var / "log", self.valkey_data):
                folder.mkdir(parents=True, exist_ok=True)
            sockets = self._sockets()
            sockets.mkdir(mode=0o711, exist_ok=True)
            sockets.chmod(0o711)  # fails where it is somebody else's
            for folder in (self.postgres_sockets, self.valkey_socket.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            self.users.touch()
        except PermissionError as error:
            message = f"{self.var} belongs to another user: run as that user, or remove the folder."
            raise ServiceError(message) from error

    def forget_sockets(self) -> None:
        """Removes the sockets' folder where it had to lie outside `var`."""
        if self._sockets().is_relative_to(self.var):
            return
        for folder in (self.postgres_sockets, self.valkey_socket.parent, self._sockets()):
            with contextlib.suppress(OSError):
                for file in folder.iterdir():
                    file.unlink()
                folder.rmdir()

    def _sockets(self) -> Path:
        """`var/run`, or a short private folder where the path is too long or holds letters PostgreSQL splits at."""
        inside = self.run / "sockets"
        if len(bytes(inside)) + len("/pg/.s.PGSQL.5432") <= LONGEST_SOCKET and re.fullmatch(r"[\w./-]+", str(inside)):
            return inside
        name = hashlib.sha256(f"{self.var}{os.geteuid()}".encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"portal-{name}"


def is_running(pid: int, name: str) -> bool:
    """Whether `pid` is alive and is a `name`: after a restart of the machine the number may be somebody else's."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            command, _, rest = stat.read_text().partition("(")[2].rpartition(")")
        except OSError:
            return False
        return name in command and not rest.lstrip().startswith("Z")
    found = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, command = found.stdout.strip().partition(" ")
    return found.returncode == 0 and not state.startswith("Z") and name in command


def processes_of(folder: Path) -> list[str]:
    """Processes whose command names the folder, or that run in it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            where = (process / "cwd").resolve()
        except OSError:
            continue
        if str(folder) in command or where.is_relative_to(folder):
            found.append(f"{process.name} {command}")
    return found

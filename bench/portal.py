"""A portal to measure: its own database and broker under var/bench, gunicorn, a worker, and mail that goes nowhere.

    with portal.running() as site:
        site.start_web()

Everything is on loopback and ends with the block.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from partnership.local import services

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
HOST = "127.0.0.1"


@dataclass
class Site:
    """Where the measured portal is, and the processes it is made of."""

    url: str
    port: int
    smtp_port: int
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def manage(self, *words: str) -> str:
        """Runs a management command against the measured database; returns what it printed."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def fill(self, *words: str) -> None:
        """Empties the database and makes the data of the measurements, or with "--hundredth" a hundredth of it."""
        self.manage("shell", "-v", "0", "-c", "from partnership.local.prepare import reset; reset()")
        self.manage("migrate", "-v", "0")
        self.manage("bench_data", *words)

    def load_demonstration(self) -> None:
        """Empties the database and loads the demonstration, as `make run` does."""
        self.manage("shell", "-v", "0", "-c", "from partnership.local.prepare import reset; reset()")
        self.manage("migrate", "-v", "0")
        self.manage("demo_load")

    def start(self, name: str, *words: str) -> subprocess.Popen:
        """Starts `python -m words` as one process of the portal; it ends with the block."""
        command = [sys.executable, "-m", *words]
        self.processes[name] = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        return self.processes[name]

    def stop(self, name: str) -> None:
        """Ends a process this portal started, and its children."""
        process = self.processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start_web(self, application: str = "partnership.wsgi", first_page: str = "/meetings/bench-000/") -> float:
        """Starts gunicorn with two workers; returns the seconds until the first page."""
        started = time.monotonic()
        where = f"{HOST}:{self.port}"
        self.start("web", "gunicorn", application, "--config", "python:partnership.gunicorn", "--bind", where)
        wait_for(f"{self.url}{first_page}")
        return time.monotonic() - started

    def start_worker(self) -> None:
        """Starts a Celery worker with two processes."""
        self.start("worker", "partnership.worker")

    def start_beat(self) -> None:
        """Starts Celery's beat as `make run` does."""
        self.start("beat", "partnership.clock")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for(url: str, seconds: float = 30) -> None:
    """Returns when the address answers 200. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise TimeoutError(f"{url} answers {error.code}") from error
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"{url} did not answer within {seconds} s")


@contextmanager
def running() -> Iterator[Site]:
    """A portal with the data of the measurements. Only its database and broker run yet."""
    VAR.mkdir(parents=True, exist_ok=True)
    port, smtp_port = free_port(), free_port()
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PYTHONDONTWRITEBYTECODE"):  # a start compiles nothing again
        os.environ.pop(name, None)
    own = {
        "VAR_DIR": str(VAR),
        "DEMONSTRATION": "1",
        "HASHED_STATIC": "1",
        "HELD_FROM_ONE_NETWORK": "1000",  # all visitors of a measurement come from one address
        "PUBLIC_FORM_RATE_FROM_HERE": "100000/m",
        "PORTAL_URL": f"http://{HOST}:{port}",
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
    }
    found = services.ensure_running(VAR)
    environment = {**os.environ, **found, **own, "EMAIL_URL": f"smtp://{HOST}:{smtp_port}"}
    site = Site(f"http://{HOST}:{port}", port, smtp_port, environment)
    try:
        site.manage("collectstatic", "-v", "0", "--no-input")
        site.fill()
        yield site
    finally:
        for name in list(site.processes):
            site.stop(name)
        services.release(VAR, wait=10)

"""PostgreSQL, Valkey, web and worker of a test's own, which it may break."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from partnership.local import services
from partnership.local.services import postgres
from partnership.local.services.places import BASE_DIR, Places
from tests import databases


def copy_tables(address: str) -> None:
    """Gives a new database on another server our tables, and the rows that migrations add: to migrate takes ten times as long."""
    name = databases.copy(databases.with_tables(), f"test_own_portal_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    program, kept = postgres.programs(), ["--no-owner", f"--exclude-schema={databases.KEPT}"]
    command = [program / "pg_dump", *kept, databases.address_of(name)]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    command = [program / "psql", "-q", "-v", "ON_ERROR_STOP=1", address]
    subprocess.run(command, input=dump, stdout=subprocess.DEVNULL, text=True, check=True)
    databases.drop(name)


@dataclass
class OwnPortal:
    """A portal on services of its own."""

    places: Places
    environment: dict[str, str]
    address: str
    worker: subprocess.Popen | None = None
    web: subprocess.Popen | None = None

    def start_worker(self) -> None:
        self.worker = self.start(sys.executable, "-m", "partnership.worker")

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(command, env=self.environment, cwd=BASE_DIR, start_new_session=True)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page for somebody with a session, which is kept in the database; 0 for no answer."""
        request = urllib.request.Request(self.address + path, headers={"Cookie": "sessionid=somebody"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def wait_for(self, path: str, status: int, *, text: str = "", seconds: float = 90) -> str:
        until = time.monotonic() + seconds
        while True:
            got, page = self.get(path)
            if got == status and text in page:
                return page
            assert time.monotonic() < until, f"{path} still answers {got}: {page[:500]}"
            time.sleep(0.1)

    def end(self) -> None:
        for process in filter(None, (self.web, self.worker)):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def client() -> Client:
    """At this machine: the demonstration's pages answer under no other name."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="module")
def own_portal(tmp_path_factory, django_db_setup, django_db_blocker):
    kept = {name: os.environ.pop(name) for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    var = (
        Path(tmp_path_factory.mktemp("own-portal-in-a-folder-whose-name-is-too-long-for-a-unix-socket-to-live-in-it"))
        / "var"
    )
    try:
        found = services.ensure_running(var)
    finally:
        os.environ.update(kept)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = (
        os.environ
        | found
        | {
            "VAR_DIR": str(var),
            "DEMONSTRATION": "1",
            "WORKER_CONCURRENCY": "1",
            "WORKER_NICE": "0",
            "EMAIL_URL": "smtp://127.0.0.1:9",
        }
    )
    portal = OwnPortal(Places(var), environment, f"http://127.0.0.1:{port}")
    try:
        with django_db_blocker.unblock():
            copy_tables(found["DATABASE_URL"])
        web = [sys.executable, "-m", "gunicorn", "partnership.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "2"]
        portal.web = portal.start(*web, "--log-level", "critical", "--no-control-socket")
        portal.start_worker()
        yield portal
    finally:
        portal.end()
        services.release(var, wait=10)

"""Real processes that can be killed: workers, the clock, the test's own broker, and a mail server that counts.

    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path) as processes:
        worker = processes.worker()
        ...
        worker.kill()                      # SIGKILL to the whole process group, as an out-of-memory killer would
        wait_until(lambda: len(mail.entries()) == 500, seconds=20)

The test must commit (`django_db(transaction=True)`): the processes work in the same test database.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection

from partnership.celery import app
from partnership.local.services import valkey as embedded
from partnership.outbox import nudge

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true: Callable[[], bool], *, seconds: float, what: str = "it") -> float:
    """Seconds it took; fails the test if it takes longer than `seconds`."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, f"{what} did not happen within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - started


@dataclass
class Process:
    """A process group that is started, killed and started again."""

    command: list[str]
    env: dict[str, str]
    log: Path
    popen: subprocess.Popen | None = None

    def start(self) -> "Process":
        with self.log.open("a") as log:
            self.popen = subprocess.Popen(
                self.command, env=self.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        return self

    def kill(self) -> None:
        """SIGKILL to all of it: no handler runs, nothing is put in order."""
        self.end(signal.SIGKILL)

    def end(self, number: int = signal.SIGTERM) -> None:
        if self.popen is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, number)
        try:
            self.popen.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
        self.popen = None


@dataclass
class Valkey(Process):
    """A broker of the test's own."""

    port: int = 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "Valkey":
        super().start()
        wait_until(self.answers, seconds=5, what="Valkey's start")
        return self

    def answers(self) -> bool:
        with redis.Redis(port=self.port, socket_timeout=1) as client, contextlib.suppress(redis.RedisError):
            return client.ping()
        return False

    def empty(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def waiting(self, queue: str = "portal") -> int:
        """Tasks nobody has taken yet."""
        with redis.Redis(port=self.port) as client:
            return client.llen(queue)

    def freeze(self) -> None:
        """It still accepts connections, and answers nobody."""
        os.kill(self.popen.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.popen.pid, signal.SIGCONT)


@contextlib.contextmanager
def valkey() -> Iterator[Valkey]:
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    broker = Valkey([str(embedded.program()), *options], dict(os.environ), Path(os.devnull), port=port)
    try:
        yield broker.start()
    finally:
        broker.kill()


@dataclass
class Sink(Process):
    """A mail server that writes down who got which message."""

    port: int = 0
    ledger: Path = field(default_factory=Path)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> "Sink":
        super().start()
        wait_until(self._answers, seconds=10, what="the mail server's start")
        return self

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def entries(self) -> list[tuple[str, str, float]]:
        """(Message-ID, recipient, when) of each message accepted so far, in order."""
        if not self.ledger.exists():
            return []
        lines = self.ledger.read_text().splitlines()
        rows = [line.split("\t") for line in lines]
        return [(row[0], row[1], float(row[2])) for row in rows if len(row) == 3]

    def copies(self) -> Counter[tuple[str, str]]:
        """How often each (recipient, Message-ID) was accepted."""
        return Counter((recipient, message_id) for message_id, recipient, _ in self.entries())


@contextlib.contextmanager
def sink(folder: Path, *, delay_ms: int = 0) -> Iterator[Sink]:
    port, ledger = free_port(), folder / "ledger.tsv"
    command = [sys.executable, str(ROOT / "tests/faults/sink.py"), str(port), str(ledger), str(delay_ms)]
    server = Sink(command, dict(os.environ), folder / "sink.log", port=port, ledger=ledger)
    try:
        yield server.start()
    finally:
        server.kill()


@dataclass
class Portal:
    """The portal's own processes, with the test's database, broker and mail server."""

    env: dict[str, str]
    folder: Path
    started: list[Process] = field(default_factory=list)

    def worker(self, at_once: int = 2) -> Process:
        """`python -m partnership.worker`, as `make run` and compose start it, not waited for."""
        env = self.env | {"WORKER_CONCURRENCY": str(at_once), "WORKER_NICE": "0"}
        return self._start("worker", ["partnership.worker"], env)

    def beat(self) -> Process:
        """`celery -A partnership beat`: the clock."""
        options = ["-s", str(self.folder / "beat"), "--pidfile=", "-l", "WARNING"]
        return self._start("beat", ["celery", "-A", "partnership", "beat", *options], self.env)

    def _start(self, name: str, module: list[str], env: dict[str, str]) -> Process:
        process = Process([sys.executable, "-m", *module], env, self.folder / f"{name}.log").start()
        self.started.append(process)
        return process


@contextlib.contextmanager
def portal(broker: Valkey, mail: Sink, folder: Path, **env: object) -> Iterator[Portal]:
    """Environment for workers; `env` adds to it, for example OUTBOX_LEASE_SECONDS=3. Ends what was started."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    found = dict(os.environ) | {
        "DATABASE_URL": database,
        "REDIS_URL": broker.url,
        "EMAIL_URL": mail.url,
        "SECRET_KEY": settings.SECRET_KEY,
    }
    processes = Portal(found | {name: str(value) for name, value in env.items()}, folder)
    try:
        with _nudges_to(broker.url):
            yield processes
    finally:
        for process in processes.started:
            process.kill()


@contextlib.contextmanager
def _nudges_to(url: str) -> Iterator[None]:
    """What the test itself queues is nudged through its own broker, as a web process would."""
    usual, app.conf.broker_url = app.conf.broker_url, url
    nudge._thread.broker, nudge._quiet_until, nudge._pause_ends = None, 0.0, 0.0
    try:
        yield
    finally:
        app.conf.broker_url = usual
        nudge._thread.broker, nudge._quiet_until, nudge._pause_ends = None, 0.0, 0.0

"""One tree of processes with one log: honcho's, which also starts again what was killed and leaves no orphan."""

import contextlib
import ctypes
import functools
import multiprocessing
import os
import signal
import sys
import threading
import time
from pathlib import Path

from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Popen, Process

BY_SIGNAL = {-signal.SIGTERM, -signal.SIGINT}


class Bound(Popen):
    """A child that the system ends when the process that started it is gone, where the system is Linux."""

    def __init__(self, command, **options):
        super().__init__(command, preexec_fn=_end_with_parent if sys.platform == "linux" else None, **options)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class Restarted(Process):
    """A process that is started again when it ends after it had settled, unless the tree ends; it never outlives the tree."""

    settled = 5.0  # seconds: what ends sooner than this would end again, so the tree stops and says so

    def __init__(self, command, *, ending, **options):
        super().__init__(command, **options)
        self._ending = ending

    def run(self, events=None, ignore_signals=False):
        self._events = events
        parent = os.getppid()
        threading.Thread(target=self._follow, args=(parent,), daemon=True).start()
        while True:
            started = time.monotonic()
            code = self._run_once()
            if self._ending.is_set() or os.getppid() != parent:
                break
            if time.monotonic() - started < self.settled:
                code = code or 1  # it may say that all is well, but it is not there
                break
            self._send_message(f"ended with {code}; starting it again\n")
        self._send_message({"returncode": code}, type="stop")

    def _run_once(self) -> int:
        self._child = Bound(self.cmd, env=self.env, cwd=self.cwd)
        self._send_message({"pid": self._child.pid}, type="start")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # the child gets them; this one ends when the child has
        lines = threading.Thread(target=self._pass_on_lines, daemon=True)
        lines.start()
        code = self._child.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)  # what a child that was killed left behind
        lines.join(1)
        return code

    def _pass_on_lines(self) -> None:
        for line in iter(self._child.stdout.readline, b""):
            self._send_message(line)

    def _follow(self, parent: int) -> None:
        """Ends the child when the tree's own process is gone, however it went."""
        while os.getppid() == parent:
            time.sleep(1)
        os.killpg(self._child.pid, signal.SIGTERM)


class Quiet(Manager):
    """Honcho without its own chatter, and stopped also by a closed terminal."""

    def __init__(self):
        super().__init__(Printer(sys.stdout))
        self._ending = multiprocessing.Event()
        self._process_ctor = functools.partial(Restarted, ending=self._ending)
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))

    def terminate(self):
        self._ending.set()
        super().terminate()

    def _system_print(self, data):
        if "stopped" in data and not self._terminating:
            super()._system_print(data)


class Tree:
    """Runs named shell commands together: when one cannot run, all stop."""

    def __init__(self, commands: dict[str, str], *, cwd: Path):
        self._manager = Quiet()
        for name, command in commands.items():
            self._manager.add_process(name, command, cwd=str(cwd))

    def run(self) -> int:
        """Blocks until all have ended. Returns 0 when asked to stop, else the code of what failed."""
        self._manager.loop()
        code = self._manager.returncode or 0
        return 0 if code in {130, 143} or code in BY_SIGNAL else abs(code)

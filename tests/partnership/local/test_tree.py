"""The tree of processes: one that dies is started again, one that cannot start stops all, none outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from partnership.local.services.places import BASE_DIR

RUN = """
import sys
from pathlib import Path
from partnership.local.tree import Restarted, Tree
Restarted.settled = 0.2
folder, commands = sys.argv[1], sys.argv[2:]
sys.exit(Tree(dict(zip(("one", "two"), commands)), cwd=Path(folder)).run())
"""
COUNTING = "echo $$ >> pids-{name}; exec sleep 600"


@pytest.fixture
def start(tmp_path):
    started = []

    def start_tree(*commands: str) -> subprocess.Popen:
        command = [sys.executable, "-c", RUN, str(tmp_path), *commands]
        started.append(
            subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True, start_new_session=True)
        )
        return started[-1]

    yield start_tree
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def pids(folder: Path, name: str, count: int) -> list[int]:
    """The pids a process had, as soon as it was started `count` times."""
    until = time.monotonic() + 30
    while True:
        found = (
            [int(line) for line in (folder / f"pids-{name}").read_text().split()]
            if (folder / f"pids-{name}").exists()
            else []
        )
        if len(found) >= count:
            return found
        assert time.monotonic() < until, f"{name} was started {len(found)} times"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


def test_tree_starts_again_what_was_killed(start, tmp_path):
    tree = start(COUNTING.format(name="one"), COUNTING.format(name="two"))
    first, two = pids(tmp_path, "one", 1)[0], pids(tmp_path, "two", 1)[0]
    time.sleep(0.5)
    os.kill(first, signal.SIGKILL)
    second = pids(tmp_path, "one", 2)[1]
    assert tree.poll() is None
    os.killpg(tree.pid, signal.SIGINT)
    assert tree.wait(20) == 0
    assert gone(first)
    assert gone(second)
    assert gone(two)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGUSR1])
def test_tree_starts_again_what_ends_as_if_asked(start, tmp_path, number):
    """A worker that ended by itself once said 0; and who ends one process does not end the portal."""
    says_zero = "echo $$ >> pids-one; trap 'exit 0' USR1; while :; do sleep 0.05; done"
    tree = start(says_zero, COUNTING.format(name="two"))
    first = pids(tmp_path, "one", 1)[0]
    time.sleep(0.5)
    os.kill(first, number)
    pids(tmp_path, "one", 2)
    assert tree.poll() is None
    os.kill(tree.pid, signal.SIGTERM)
    assert tree.wait(20) == 0


def test_tree_says_what_ended_at_once_though_it_said_0(start, tmp_path):
    tree = start(COUNTING.format(name="one"), "exit 0")
    assert tree.wait(30) == 1


def test_tree_stops_when_one_cannot_start(start, tmp_path):
    tree = start(COUNTING.format(name="one"), "echo no such setting; exit 3")
    output, _ = tree.communicate(timeout=30)
    assert tree.returncode == 3
    assert "no such setting" in output
    assert gone(pids(tmp_path, "one", 1)[0])


def test_tree_leaves_nothing_when_it_is_killed_itself(start, tmp_path):
    tree = start(COUNTING.format(name="one"), COUNTING.format(name="two"))
    left = pids(tmp_path, "one", 1) + pids(tmp_path, "two", 1)
    tree.kill()
    tree.wait()
    assert all(map(gone, left))

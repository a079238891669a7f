"""`make run` says in one line why it cannot start."""

import os
import socket
import subprocess
import sys

import pytest

from partnership.local.services.places import BASE_DIR

HOLD = """
import fcntl, sys
lock = open(sys.argv[1], "w")
fcntl.flock(lock, fcntl.LOCK_EX)
print("http://127.0.0.1:8000/", file=lock, flush=True)
print(flush=True)
sys.stdin.read()
"""


def run(var, port: int | str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "partnership.local.run", "--port", str(port)]
    environment = os.environ | {"VAR_DIR": str(var)}
    return subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_run_names_a_port_in_use(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run(tmp_path, port)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {port} is in use: stop what is using it, or choose another")
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("port", [80, 99999])
def test_run_names_a_port_that_cannot_be_used(tmp_path, port):
    refused = run(tmp_path, port)
    assert refused.returncode == 1
    assert "choose one from 1024 to 65535" in refused.stderr


def test_run_says_that_the_portal_runs_already(tmp_path):
    (tmp_path / "run").mkdir()
    command = [sys.executable, "-c", HOLD, str(tmp_path / "run" / "portal")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        refused = run(tmp_path, 8999)
        holder.stdin.close()
    assert refused.returncode == 1
    assert "is already running, at http://127.0.0.1:8000/" in refused.stderr

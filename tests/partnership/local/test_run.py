"""`make run` says in one line why it cannot start; `make dev` is the same with DEBUG."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from partnership.local.services.places import BASE_DIR, processes_of

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


@pytest.mark.slow
def test_dev_serves_plain_files_with_debug_and_stops_as_one(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
    }
    environment |= {"VAR_DIR": str(tmp_path / "var"), "DEMONSTRATION": "0", "BIND": "127.0.0.1"}
    command = [sys.executable, "-m", "partnership.local.run", "--dev", "--port", str(port)]
    log = tmp_path / "log"
    with log.open("w") as output:
        portal = subprocess.Popen(
            command, cwd=BASE_DIR, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        until = time.monotonic() + 120
        while "The portal is at" not in log.read_text():
            assert portal.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/css/portal.css", timeout=20) as answer:
            assert answer.status == 200
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/no-such-page/", timeout=20)
        assert "DEBUG = True" in missing.value.read().decode()
    finally:
        os.killpg(portal.pid, signal.SIGINT)
        portal.wait(60)
    assert portal.returncode == 0, log.read_text()
    until = time.monotonic() + 30
    while left := processes_of(tmp_path / "var"):
        assert time.monotonic() < until, left
        time.sleep(0.2)

"""The embedded services: found by everybody who needs them, stopped when nobody does."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from partnership.local.services import postgres, valkey
from partnership.local.services.places import BASE_DIR, LONGEST_SOCKET, Places, processes_of

USE = "import sys, time; from partnership.local import services; print(services.ensure_running()['DATABASE_URL'], flush=True); "


def user(var, then: str) -> subprocess.Popen:
    """A process of another kind that uses services of its own under `var`."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    command = [sys.executable, "-c", USE + then]
    environment["VAR_DIR"] = str(var)
    return subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)


def servers(var) -> list[str]:
    """The services and the keeper of one folder: their commands name it."""
    return [
        line
        for line in processes_of(var)
        if "partnership.local.services.keeper" in line or "postgres" in line or "valkey" in line
    ]


def test_database_is_the_real_thing(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        assert cursor.fetchone() == ("on", "off")


@pytest.mark.slow
def test_services_are_shared_and_end_with_their_last_user(tmp_path):
    var = tmp_path / "var"
    first = user(var, "time.sleep(600)")
    address = first.stdout.readline()
    second = user(var, "services.release(wait=5)")
    assert second.communicate(timeout=30)[0] == address
    assert servers(var), "the second let go, but the first still uses them"
    first.send_signal(signal.SIGKILL)
    first.wait()
    until = time.monotonic() + 60
    while left := servers(var):
        assert time.monotonic() < until, "a killed user left these: " + "\n".join(left)
        time.sleep(0.5)


@pytest.mark.slow
def test_killed_services_are_started_again(tmp_path):
    var = tmp_path / "var"
    using = user(var, "time.sleep(600)")
    using.stdout.readline()
    places = Places(var)
    for service in (valkey, postgres):
        killed = service.pid(places)
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + 60
        while service.pid(places) in {None, killed} or not service._answers(places):
            assert time.monotonic() < until, f"{service.__name__} was not started again"
            time.sleep(0.1)
    using.kill()
    using.wait()
    until = time.monotonic() + 60
    while left := servers(var):
        assert time.monotonic() < until, "these are left: " + "\n".join(left)
        time.sleep(0.5)


def test_sockets_move_where_their_path_would_be_too_long(tmp_path):
    deep = Places(tmp_path / ("folder" * 20) / "var")
    assert len(bytes(deep.postgres_sockets)) < LONGEST_SOCKET
    assert not deep.postgres_sockets.is_relative_to(deep.var)
    assert Places(BASE_DIR / "v").postgres_sockets.name == "pg"


FAIL = """import psycopg2
line = psycopg2.connect(services.ensure_running()["DATABASE_URL"])
line.autocommit = True
with line.cursor() as cursor:
    cursor.execute("CREATE TEMPORARY TABLE people (email text UNIQUE)")
    for _ in range(2):
        try:
            cursor.execute("INSERT INTO people VALUES ('ann.hill@example.org')")
        except psycopg2.IntegrityError:
            print("refused", flush=True)
line.close()
services.release(wait=5)
"""


@pytest.mark.slow
def test_log_of_the_database_quotes_no_row_and_no_statement(tmp_path):
    var = tmp_path / "var"
    (tmp_path / "fail.py").write_text(FAIL)
    using = user(var, f"exec(open({str(tmp_path / 'fail.py')!r}).read())")
    assert "refused" in using.communicate(timeout=60)[0]
    log = (var / "log" / "postgres.log").read_text()
    assert "duplicate key value violates unique constraint" in log
    assert "ann.hill" not in log


def test_database_of_production_quotes_nothing_either():
    compose = (BASE_DIR / "compose.yaml").read_text()
    for name in ("log_error_verbosity", "log_min_error_statement"):
        assert f"{name}={postgres.SETTINGS[name]}" in compose

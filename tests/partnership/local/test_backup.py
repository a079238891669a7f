"""A back-up holds every row and every file, and goes into an empty portal only."""

import io
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg2
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from partnership.local import backup, layout
from partnership.local.services.places import BASE_DIR
from tests import factories as make
from tests import world
from tests.partnership.elections.election_world import election_of


@pytest.fixture
def portal(process_environment, settings, tmp_path) -> dict[str, str]:
    """The environment of a portal with somebody in it: the test's own database, and a folder of its own for files."""
    settings.MEDIA_ROOT = tmp_path / "full" / "media"
    make.UserFactory()
    return process_environment(VAR_DIR=str(tmp_path / "full"))


@pytest.fixture
def other_portal(portal, tmp_path):
    """The environment of another portal on the same server: a database without tables, a folder without files."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    address = re.sub(r"^([^?]*/)[^/?]*", lambda url: url[1] + name, portal["DATABASE_URL"], count=1)
    yield portal | {"DATABASE_URL": address, "VAR_DIR": str(tmp_path / "empty")}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(module: str, *words: object, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"partnership.local.{module}", *map(str, words)],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def contents(environment: dict[str, str]) -> dict[str, list]:
    """Every table's rows as text, where each sequence stands, and every file with its bytes."""
    found = {}
    database = psycopg2.connect(environment["DATABASE_URL"])
    with database, database.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT "{table}"::text FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        found["sequences"] = cursor.fetchall()
    database.close()
    media = Path(environment["VAR_DIR"], "media")
    files = sorted(path for path in media.rglob("*") if path.is_file())
    found["files"] = [(str(path.relative_to(media)), path.read_bytes()) for path in files]
    return found


def archive_of(tmp_path, *migrations: tuple[str, str], **files: str) -> Path:
    """An archive made by hand."""
    path = tmp_path / "by-hand.tar.gz"
    about = json.dumps({"made_at": "2026-11-01T09:00", "migrations": [("auth", "0001_initial"), *migrations]})
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {"about.json": about, "database.sql": "SELECT 1;", **files}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.fixture
def archive(tmp_path) -> Path:
    return archive_of(tmp_path, **{"media/a.pdf": "a" * 500})


def test_restore_brings_back_every_row_and_file(portal, other_portal, tmp_path):
    world.build()
    archive = tmp_path / "portal.tar.gz"
    made = run("backup", "backup", archive, environment=portal)
    assert made.returncode == 0, made.stderr
    assert "personal data" in made.stdout
    assert archive.stat().st_mode & 0o777 == 0o600
    restored = run("backup", "restore", archive, environment=other_portal)
    assert restored.returncode == 0, restored.stderr
    before, after = contents(portal), contents(other_portal)
    assert len(before["files"]) > 3
    assert len(before["accounts_user"]) >= 7
    assert after == before
    database = psycopg2.connect(other_portal["DATABASE_URL"])
    with database, database.cursor() as cursor:  # the next number is free
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b') RETURNING id")
        assert cursor.fetchone()[0] > max(int(row[1:].split(",")[0]) for (row,) in before["django_content_type"])
    database.close()


def test_backup_before_an_upgrade_needs_no_newer_tables(other_portal, tmp_path):
    """The new code is there, and `migrate` has not run."""
    migrate = [sys.executable, "manage.py", "migrate", "elections", "0001_initial", "--verbosity=0"]
    subprocess.run(migrate, cwd=BASE_DIR, env=other_portal, check=True, timeout=240)
    made = run("backup", "backup", tmp_path / "portal.tar.gz", environment=other_portal)
    assert made.returncode == 0, made.stderr
    assert "SECRET_KEY and BALLOT_KEY are not in it" in made.stdout


def test_backup_of_an_open_election_has_no_key_and_says_so(portal, other_portal, tmp_path, settings):
    keys = settings.BALLOT_KEYS_DIR = tmp_path / "keys"
    opened = election_of(candidates=2, state="voting")
    opened.cast(0, 1)
    (key,) = keys.iterdir()
    archive, portal["BALLOT_KEYS_DIR"] = tmp_path / "portal.tar.gz", str(keys)
    made = run("backup", "backup", archive, environment=portal)
    assert f"People vote now in {opened.election.title}: restored without the key" in made.stdout
    with tarfile.open(archive) as tar:
        held = [tar.extractfile(member).read() for member in tar if member.isreg()]
    assert not [text for text in held if key.read_bytes() in text or key.read_bytes().hex().encode() in text]
    other_portal["BALLOT_KEYS_DIR"] = str(tmp_path / "other-keys")
    restored = run("backup", "restore", archive, environment=other_portal)
    assert f"cannot be counted and must be held again: {opened.election.title}." in restored.stdout


def test_restore_refuses_a_portal_that_is_not_empty(portal, archive):
    before = contents(portal)
    refused = run("backup", "restore", archive, environment=portal)
    assert refused.returncode == 1
    assert refused.stderr.startswith("A back-up goes into an empty portal only, and this one holds 1 account:")
    assert refused.stderr.count("\n") == 1
    assert contents(portal) == before


def test_restore_refuses_tables_and_files_of_others(other_portal, archive):
    database = psycopg2.connect(other_portal["DATABASE_URL"])
    with database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE ledger (id int)")
    assert "(ledger)" in run("backup", "restore", archive, environment=other_portal).stderr
    with database, database.cursor() as cursor:
        cursor.execute("DROP TABLE ledger")
    database.close()
    kept = Path(other_portal["VAR_DIR"], "media", "kept.pdf")
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    assert "uploaded files" in run("backup", "restore", archive, environment=other_portal).stderr
    assert kept.read_text() == "kept"


def test_restore_of_half_an_archive_changes_nothing(other_portal, archive):
    archive.write_bytes(archive.read_bytes()[:-200])
    before = contents(other_portal)
    refused = run("backup", "restore", archive, environment=other_portal)
    assert refused.returncode == 1
    assert "is not a whole back-up of this portal" in refused.stderr
    assert contents(other_portal) == before


@pytest.mark.parametrize(
    "about",
    ["", "[]", "null", "{}", '{"migrations": [], "made_at": 7}', '{"migrations": ["auth"], "made_at": "2026-11-01"}',
     '{"migrations": 3, "made_at": "2026-11-01T09:00"}', '{"migrations": [], "made_at": "yesterday"}', "[" * 100_000],
)  # fmt: skip
def test_archive_that_does_not_say_what_it_is_gets_a_sentence(tmp_path, about):
    archive = archive_of(tmp_path, **{"about.json": about})
    with pytest.raises(backup.BackupError) as refused:
        backup._unpack(archive, tmp_path / "unpacked")
    assert str(refused.value) == (
        f"{archive} is not a whole back-up of this portal: its about.json does not say when it was made and with which "
        "migrations."
    )


def test_restore_that_fails_half_way_changes_nothing(other_portal, tmp_path):
    rows = "CREATE TABLE public.partner (id int); SELECT 1 / 0;"
    archive = archive_of(tmp_path, **{"database.sql": rows, "media/a.pdf": "a"})
    before = contents(other_portal)
    refused = run("backup", "restore", archive, environment=other_portal)
    assert "psql did not succeed, and nothing was changed: " in refused.stderr
    assert "division by zero" in refused.stderr
    assert contents(other_portal) == before


def test_restore_writes_no_file_outside_its_folder(other_portal, tmp_path):
    archive = archive_of(tmp_path, **{"media/../../escaped": "!"})
    refused = run("backup", "restore", archive, environment=other_portal)
    assert "is not a back-up of this portal: it holds media/../../escaped" in refused.stderr
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.parametrize("name", [("gatherings", "0001_initial"), ("boards", "0002_page_stamp")])
def test_restore_refuses_a_back_up_of_an_older_layout(other_portal, tmp_path, name):
    archive = archive_of(tmp_path, name)
    refused = run("backup", "restore", archive, environment=other_portal)
    assert refused.returncode == 1
    assert refused.stderr.startswith("This back-up has another layout than this portal, which does not know its")
    assert f"{'.'.join(name)}: run make demo-reset" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_old_layout_stops_make_run(portal, archive):
    MigrationRecorder(connection).record_applied("gatherings", "0001_initial")
    try:
        refused = run("prepare", environment=portal)
        restored = run("backup", "restore", archive, environment=portal)
    finally:
        MigrationRecorder(connection).record_unapplied("gatherings", "0001_initial")
    assert refused.returncode == 1
    assert refused.stderr.startswith("This database has another layout than this portal")
    assert "run make demo-reset" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert restored.returncode == 1
    assert restored.stderr == refused.stderr


def test_layout_knows_single_sign_on_that_was_switched_off(db):
    MigrationRecorder(connection).record_applied("socialaccount", "0001_initial")
    assert layout.refusal(layout.applied(connection), "This database") == ""

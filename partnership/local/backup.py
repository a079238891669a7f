"""`make backup` and `make restore`: the rows and the uploaded files of a portal in one archive.

An archive is a compressed tar of three things: `about.json` (when it was made, and with which migrations), `database.sql`
(what pg_dump writes: any psql reads it) and `media/`. It holds no key, so that nobody opens the votes of a
running election with it.
"""

import argparse
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import environ

from partnership.local import services
from partnership.local.services import postgres
from partnership.local.services.places import BASE_DIR

ABOUT, DATABASE, MEDIA = "about.json", "database.sql", "media"
KEYS_OUTSIDE = ("elections", "0002_renew_pages")  # with it each ballot box has a key of its own
EMPTY_FIRST = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


class BackupError(Exception):
    """Why there is no back-up, or why nothing was restored: one sentence for the person at the terminal."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["backup", "restore"])
    parser.add_argument("file", nargs="?", default="")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    environ.Env.read_env(BASE_DIR / ".env")
    try:
        os.environ.update(services.ensure_running())
        import django  # after the environment is complete

        django.setup()
        print(make(arguments.file) if arguments.what == "backup" else restore(arguments.file))
    except (services.ServiceError, BackupError) as error:
        sys.exit(str(error))


def make(file: str) -> str:
    """Writes the archive, under var/backups where no file is named. Returns what was done, in words."""
    from django.conf import settings  # after django.setup()
    from django.db import connection  # after django.setup()
    from django.utils import timezone  # after django.setup()

    from partnership.local import layout  # after django.setup()

    now = timezone.now()
    path = Path(file) if file else settings.VAR_DIR / "backups" / f"portal-{now:%Y-%m-%d-%H%M%S}.tar.gz"
    if path.exists():
        raise BackupError(f"{path} exists already: name another file, or remove it first.")
    path.parent.mkdir(parents=True, exist_ok=True)
    migrations = layout.applied(connection)
    if not migrations:
        raise BackupError("There is nothing to back up: this portal has no tables yet.")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        # rows first: a file added meanwhile is only one too many; the other way round one would be missing
        database = Path(folder, DATABASE)
        with database.open("wb") as script:
            _run("pg_dump", ["--no-owner", "--no-privileges"], stdout=script)
        about = Path(folder, ABOUT)
        about.write_text(json.dumps({"made_at": now.isoformat(), "migrations": migrations}, indent=1))
        draft = Path(folder, path.name)
        with tarfile.open(draft, "w:gz") as archive:
            archive.add(about, ABOUT)
            archive.add(database, DATABASE)
            if settings.MEDIA_ROOT.exists():
                archive.add(settings.MEDIA_ROOT, MEDIA)
        draft.chmod(0o600)  # it holds personal data
        draft.rename(path)
    return (
        f"Rows and files are in {path} ({path.stat().st_size / 1024**2:.1f} MiB). Keep it safe: it holds personal data. "
        f"{_what_is_not_in_it(migrations)}"
    )


def restore(file: str) -> str:
    """Puts rows and files of an archive into a portal that is empty, all or none. Returns what was done, in words."""
    from django.conf import settings  # after django.setup()
    from django.core.management import call_command  # after django.setup()
    from django.db import connection  # after django.setup()

    from partnership.local import layout  # after django.setup()

    if not Path(file).is_file():
        raise BackupError("Name the back-up to restore, for example `make restore FILE=var/backups/portal.tar.gz`.")
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with _portal_stopped(), tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        about = _unpack(Path(file), Path(folder))
        _refuse(layout.refusal(about["migrations"], "This back-up"))
        _refuse(layout.refusal(layout.applied(connection), "This database"))
        _refuse(_not_empty())
        connection.close()
        script = Path(folder, DATABASE)
        with script.open("rb") as rows:
            options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
            _run("psql", [*options, f"--command={EMPTY_FIRST}", "--file=-"], stdin=rows, stdout=subprocess.DEVNULL)
        if Path(folder, MEDIA).exists():
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)  # seen above to hold no file
            Path(folder, MEDIA).rename(settings.MEDIA_ROOT)
    call_command("migrate", verbosity=0, interactive=False)  # a back-up may be older than the code
    return f"Restored the back-up of {about['made_at']:%Y-%m-%d %H:%M} UTC. `make run` shows it.{_open_elections(lost=True)}"


def _what_is_not_in_it(migrations: list[tuple[str, str]]) -> str:
    """Sentences about keys. A back-up made before an upgrade may be of rows that are older than the code."""
    if KEYS_OUTSIDE not in migrations:
        return "SECRET_KEY and BALLOT_KEY are not in it; keep them elsewhere."
    return f"SECRET_KEY is not in it; keep it elsewhere. The keys of ballot boxes are never in it.{_open_elections()}"


def _open_elections(*, lost: bool = False) -> str:
    """A sentence about the elections that are voted on now, or "". `lost`: only those whose key is not here."""
    from partnership.elections import ballot_keys  # after django.setup()
    from partnership.elections.models import BallotBox  # after django.setup()

    boxes = BallotBox.objects.closed().select_related("election").order_by("election")
    titles = [box.election.title for box in boxes if not (lost and ballot_keys.is_kept(box.key_name))]
    if not titles:
        return ""
    if lost:
        return f" Without their keys these elections cannot be counted and must be held again: {'; '.join(titles)}."
    return f" People vote now in {'; '.join(titles)}: restored without the key, it cannot be counted and must be held again."


def _refuse(reason: str) -> None:
    if reason:
        raise BackupError(reason)


def _not_empty() -> str:
    """Why this portal is not empty, in one sentence, or "". An empty one has at most what migrations write."""
    from django.conf import settings  # after django.setup()
    from django.contrib.auth import get_user_model  # after django.setup()
    from django.db import connection  # after django.setup()

    person = get_user_model()
    tables = set(connection.introspection.table_names())
    ours = {"django_migrations", *connection.introspection.django_table_names()}
    found = ""
    if strange := sorted(tables - ours):
        found = f"a table that is not the portal's ({strange[0]})"
    elif person._meta.db_table in tables and (accounts := person.objects.count()):  # noqa: SLF001 - documented by Django
        found = f"{accounts} account{'' if accounts == 1 else 's'}"
    elif any(path.is_file() for path in settings.MEDIA_ROOT.rglob("*")):
        found = "uploaded files"
    if not found:
        return ""
    return (
        f"A back-up goes into an empty portal only, and this one holds {found}: "
        "restore into a new clone, or set DATABASE_URL and VAR_DIR to an empty database and folder."
    )


def _unpack(file: Path, folder: Path) -> dict:
    """Writes the archive's files into `folder` and returns what `about.json` says. Raises BackupError where it is not whole."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                path = (folder / member.name).resolve()
                if not path.is_relative_to(folder.resolve()) or not (member.isreg() or member.isdir()):
                    raise BackupError(f"{file} is not a back-up of this portal: it holds {member.name}.")
                if member.isdir():
                    path.mkdir(parents=True, exist_ok=True)
                    continue
                path.parent.mkdir(parents=True, exist_ok=True)
                source = archive.extractfile(member)
                assert source is not None, "a regular file"
                with path.open("wb") as target:
                    shutil.copyfileobj(source, target)
                path.chmod(member.mode & 0o777)
        (folder / DATABASE).stat()
        return _about((folder / ABOUT).read_text())
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{file} is not a whole back-up of this portal: {error}.") from error


def _about(text: str) -> dict:
    """What `about.json` says: `made_at`, and the `migrations` as pairs. Raises ValueError where it does not say these."""
    try:
        about = json.loads(text)
        migrations = [(str(app), str(name)) for app, name in about["migrations"]]
        return {"made_at": datetime.fromisoformat(about["made_at"]), "migrations": migrations}
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"its {ABOUT} does not say when it was made and with which migrations") from error


def _run(name: str, options: list[str], **streams) -> None:
    """One of PostgreSQL's own programs on the portal's database, from the wheel or else from the machine."""
    from django.db import connection  # after django.setup()
    from psycopg2.extensions import make_dsn  # in a portal only, not where this module is looked at

    connection.ensure_connection()
    here = make_dsn(**connection.connection.info.dsn_parameters)  # without the password, which others could see
    environment = os.environ | {"PGPASSWORD": connection.settings_dict["PASSWORD"]}
    connection.close()
    command = [_program(name), *options, f"--dbname={here}"]
    done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False, **streams)
    if done.returncode:
        raise BackupError(f"{name} did not succeed, and nothing was changed: {done.stderr.strip()[-500:]}")


def _program(name: str) -> str:
    try:
        return str(postgres.programs() / name)
    except services.ServiceError:
        found = shutil.which(name)
    if not found:
        raise BackupError(f"There is no {name} on this machine: install PostgreSQL's client programs.")
    return found


@contextmanager
def _portal_stopped() -> Iterator[None]:
    """Holds the lock of `make run`, so that nobody writes while rows are put back."""
    from django.conf import settings  # after django.setup()

    lock = settings.VAR_DIR / "run" / "portal"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("This portal is running: stop it first with Ctrl-C.") from None
        yield


if __name__ == "__main__":
    main()

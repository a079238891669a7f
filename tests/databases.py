"""Databases for tests: copies of templates, which are made once for each state of what they are made from.

A template stays between runs under a name that holds the fingerprint of its sources; a newer one takes its place. So a
run starts with a copy (0.1 s) instead of the migrations.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, transaction

from partnership.audit.models import Entry
from partnership.page_cache.models import PageStamp

ROOT = Path(__file__).resolve().parent.parent
APPS = ("partnership", "places", "assemblies", "recovery")
# What the tables are made from: migrations, the SQL they share, and the migrations of the libraries.
SCHEMA = tuple(f"{app}/**/{file}" for app in APPS for file in ("migrations/*.py", "*triggers.py"))


def fingerprint(*patterns: str, more: str = "") -> str:
    """Returns a name for the state of these files, `requirements.txt` among them: another one where any differs."""
    found = hashlib.sha256(more.encode())
    for path in sorted({ROOT / "requirements.txt", *(path for each in patterns for path in ROOT.glob(each))}):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def with_tables() -> str:
    """Returns the name of the template with every table, the rows that migrations add, and a copy of those rows."""
    return template("tables", fingerprint(*SCHEMA), _migrate)


def template(kind: str, state: str, make: Callable[[], None], *, base: str = "template1") -> str:
    """Returns the name of the database that `make` filled, started as a copy of `base`; makes it where there is none.

    Only one process makes one at a time. One that was left half made is started again.
    """
    name, unfinished = f"portal_{kind}_{state}", f"portal_{kind}_unfinished"
    with _outside() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('portal templates'))")
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"portal\\_{kind}\\_%"])
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for each in there:
                cursor.execute(f"DROP DATABASE {each}")
            cursor.execute(f"CREATE DATABASE {unfinished} TEMPLATE {base}")
            with connected_to(unfinished):
                make()
            cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


def copy(base: str, name: str) -> str:
    """Makes the database `name` a fresh copy of the template `base`; returns the name."""
    with _outside() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {base}")
    return name


def address_of(name: str) -> str:
    """The DATABASE_URL of another database on our server."""
    return re.sub(r"^([^?]*/)[^/?]*", lambda url: url[1] + name, os.environ["DATABASE_URL"], count=1)


def drop(name: str) -> None:
    """Removes the database, whoever is still connected to it."""
    with _outside() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Points this process at another database: connections of all threads made from now on lead there."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def empty() -> None:
    """What a test that commits leaves behind goes; rows that migrations add are as they were after the first migration.

    Only tables that hold something are written: Django's TRUNCATE writes new files for a hundred that hold nothing.
    The lock waits, as a TRUNCATE does, for a request of the test that is still being answered; a session that never ends
    fails the test, and does not hold up all the others.
    """
    kept = _as_migrated()
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - LASTING
    changed = [
        f"SELECT '{name}' WHERE EXISTS ({_differs(name) if name in kept else f'SELECT FROM {name}'})" for name in names
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'")
        cursor.execute(f"LOCK TABLE {', '.join(sorted(names))} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(changed))
        filled = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET LOCAL session_replication_role = replica")  # in any order, and past the triggers
            for name in filled:
                cursor.execute(f"DELETE FROM {name}")
        else:
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            filled = names
        for name in filled & kept:
            cursor.execute(f"INSERT INTO {name} SELECT * FROM {KEPT}.{name}")
    PageStamp.objects.update(revision=uuid4())  # no page that was cached for the test before is right for the next


LASTING = {"django_content_type", "auth_permission"}  # the same whatever a test does
KEPT = "as_migrated"  # the schema with copies of the tables that migrations fill


def _as_migrated() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [KEPT])
        return {row[0] for row in cursor.fetchall()}


def _differs(table: str) -> str:
    now, then = f"TABLE {table}", f"TABLE {KEPT}.{table}"
    return f"({now} EXCEPT {then}) UNION ALL ({then} EXCEPT {now})"


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    no_truncate = next(trigger for trigger in Entry._meta.triggers if trigger.name == "no_truncate")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE audit_entry DISABLE TRIGGER {no_truncate.get_pgid(Entry)}")  # for `empty`
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
            if cursor.fetchone()[0]:
                cursor.execute(f"CREATE TABLE {KEPT}.{table} AS TABLE {table}")


@contextmanager
def _outside() -> Iterator:
    """A cursor in none of our databases: the way to make and drop them."""
    with connection._nodb_cursor() as cursor:
        yield cursor

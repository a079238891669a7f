"""Statements we write by hand, because everybody passes them: the server works each out once for a connection.

BY_KEY = Statement("registration_by_key", "SELECT {person} FROM … person WHERE person.key = $1", person=…)
found = BY_KEY.one([key])

with together():            # what is written here goes to the server in one message
    ADD_LINE.write([…])
    ADD_MAIL.write([…])
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from partnership.database.base import DatabaseWrapper

_open = threading.local()


class Statement:
    """One statement by name, with `$1`, `$2` … for what is given each time.

    `kinds` names models by their label: `person="assemblies.Registration"` puts that model's columns, of the table
    that is called `person` in the statement, where the text says `{person}`, and a row begins with one object of each.
    """

    def __init__(self, name: str, sql: str, **kinds: str) -> None:
        self.name, self._sql, self._labels = name, sql, kinds

    def rows(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Every row, as it is."""
        with self._ready().cursor() as cursor:
            cursor.execute(self._call(len(values)), values)
            return cursor.fetchall()

    def one(self, values: Sequence[Any]) -> list[Any] | None:
        """The first row: one object of each kind, then what the statement selects after them. None where there is none."""
        found = self.rows(values)
        if not found:
            return None
        objects, start = [], 0
        for kind, names in self._kinds:
            end = start + len(names)
            objects.append(kind.from_db(DEFAULT_DB_ALIAS, names, found[0][start:end]))
            start = end
        return [*objects, *found[0][start:]]

    def write(self, values: Sequence[Any]) -> None:
        """Carry it out, and wait for no answer but that it was done; inside `together()`, when that ends.

        What the database refuses it raises there and then: IntegrityError.
        """
        database = self._ready()
        waiting = getattr(_open, "calls", None)
        if waiting is None:
            with database.cursor() as cursor:
                cursor.execute(self._call(len(values)), values)
        else:
            waiting.append((self._call(len(values)), values))

    def _call(self, number: int) -> str:
        return f"EXECUTE {self.name} ({', '.join(['%s'] * number)})" if number else f"EXECUTE {self.name}"

    def _ready(self) -> DatabaseWrapper:
        """This thread's connection, to whose server the statement was given once; that is no question of the page's,
        so it is not counted."""
        database = connections[DEFAULT_DB_ALIAS]
        database.close_if_health_check_failed()
        database.ensure_connection()
        if self.name not in database.prepared:
            with database.wrap_database_errors, database.connection.cursor() as cursor:
                cursor.execute(f"PREPARE {self.name} AS {self._text}")
            database.prepared.add(self.name)
        return database

    @cached_property
    def _kinds(self) -> list[tuple[type[models.Model], list[str]]]:
        """Each model, and its attributes in the order of `_text`. Raises TypeError where Django would have to read a
        value first (JSON)."""
        found = []
        for label in self._labels.values():
            kind = apps.get_model(label)
            fields = kind._meta.concrete_fields  # noqa: SLF001 - Django documents Model._meta
            if any(hasattr(field, "from_db_value") for field in fields):
                raise TypeError(f"a row of {kind.__name__} is not an object before Django has read it")
            found.append((kind, [field.attname for field in fields]))
        return found

    @cached_property
    def _text(self) -> str:
        columns = {}
        for alias, (kind, _) in zip(self._labels, self._kinds, strict=True):
            fields = kind._meta.concrete_fields  # noqa: SLF001 - as above
            columns[alias] = ", ".join(f"{alias}.{field.column}" for field in fields)
        return self._sql.format(**columns) if columns else self._sql


class Insert(Statement):
    """A row of a model, with every column but a key that the database gives; `keyed`: the key is given too."""

    def __init__(self, name: str, label: str, *, keyed: bool = False) -> None:
        super().__init__(name, "")
        self._label, self._keyed = label, keyed

    def add(self, row: models.Model) -> None:
        """Write the row as `row.save()` would, without asking back: an object without its key has none afterwards."""
        database = connections[DEFAULT_DB_ALIAS]
        self.write([field.get_db_prep_save(field.pre_save(row, True), database) for field in self._fields])
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as Django leaves a saved row

    @cached_property
    def _fields(self) -> list[models.Field]:
        meta = apps.get_model(self._label)._meta  # noqa: SLF001 - as above
        return [field for field in meta.concrete_fields if self._keyed or not field.primary_key]

    @cached_property
    def _text(self) -> str:
        columns = ", ".join(field.column for field in self._fields)
        numbers = ", ".join(f"${number}" for number in range(1, len(self._fields) + 1))
        table = self._fields[0].model._meta.db_table  # noqa: SLF001 - as above
        return f"INSERT INTO {table} ({columns}) VALUES ({numbers})"  # noqa: S608 - names of our own


@contextmanager
def together() -> Iterator[None]:
    """Send what `Statement.write` writes in this block in one message, at its end: one wait in the place of many.

    For the last writes of an action, in its transaction. A statement in the block that reads does not see them yet; an
    error leaves nothing of them. A block inside another is part of it.
    """
    if getattr(_open, "calls", None) is not None:
        yield
        return
    _open.calls = calls = []
    try:
        yield
    finally:
        _open.calls = None
    if calls:
        values = [value for _, given in calls for value in given]
        with connection.cursor() as cursor:
            cursor.execute("; ".join(call for call, _ in calls), values)

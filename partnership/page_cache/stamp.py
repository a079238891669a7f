"""Reads the stamp that says whether a cached page is still what the database would give."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, Error, connections

from partnership import database

QUESTION = "SELECT revision::text FROM page_cache_pagestamp WHERE id = 1"
_read: ContextVar[list[str | None] | None] = ContextVar("stamp", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """In this block the stamp is read once, by whoever asks first, for a page that is made of many cached things and
    changes nothing. What is computed later in the block is cached under an older stamp at worst, so for too short a time."""
    token = _read.set([] if _read.get() is None else _read.get())
    try:
        yield
    finally:
        _read.reset(token)


def revision() -> str | None:
    """Returns the stamp with one statement, or None where pages must not be cached: inside a transaction (its own changes
    renew the stamp only at commit), before anything was ever published, or when the database cannot be asked."""
    connection = connections[DEFAULT_DB_ALIAS]  # this thread's own, looked up once
    if connection.in_atomic_block:
        return None
    read = _read.get()
    if read:
        return read[0]
    found = _revision(connection)
    if read is not None:
        read.append(found)
    return found


def _revision(connection) -> str | None:
    for is_last in (False, True):
        try:
            return _ask(connection)
        except Error as error:
            connection.close()
            if is_last or not database.is_lost(error):
                break
            # it was restarted, or hung up on us: once more, on a new connection
    return None


def _ask(connection) -> str | None:
    # This statement is itself the health check that Django would make with a SELECT of its own.
    connection.health_check_done = True
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    return row[0] if row else None

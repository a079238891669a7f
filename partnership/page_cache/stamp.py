"""Reads the stamp that says whether a cached page is still what the database would give."""

from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections

QUESTION = "SELECT revision::text FROM page_cache_pagestamp WHERE id = 1"


def revision() -> str | None:
    """Returns the stamp with one statement, or None where pages must not be cached: inside a transaction (its own changes
    renew the stamp only at commit), before anything was ever published, or when the database cannot be asked."""
    connection = connections[DEFAULT_DB_ALIAS]  # this thread's own, looked up once
    if connection.in_atomic_block:
        return None
    try:
        return _ask(connection)
    except (OperationalError, InterfaceError):
        connection.close()  # it was restarted, or hung up on us: once more, on a new line
    try:
        return _ask(connection)
    except Error:
        connection.close()
        return None


def _ask(connection) -> str | None:
    # This statement is itself the health check that Django would make with a SELECT of its own.
    connection.health_check_done = True
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        row = cursor.fetchone()
    return row[0] if row else None

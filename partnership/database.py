"""Whether an error means that the connection to the database is lost, and not that something was wrong with a question."""

from django.db import DatabaseError, InterfaceError, OperationalError


def is_lost(error: BaseException | None) -> bool:
    """Whether the database went away, before a question or in the middle of one.

    A template may wrap the error, so its causes are looked at too. psycopg2 raises a plain DatabaseError without a code of
    PostgreSQL's when the connection breaks while an answer is read.
    """
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        if type(error) is DatabaseError and getattr(error.__cause__, "pgcode", "") is None:
            return True
        error = error.__cause__ or error.__context__
    return False

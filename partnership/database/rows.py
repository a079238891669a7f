"""One row of a statement we wrote ourselves, as the objects it is made of."""

from functools import cache
from typing import Any

from django.db import connection, models


def one(sql: str, params: list[Any], *kinds: type[models.Model]) -> list[Any] | None:
    """The first row as one object of each model, in the order the statement selects their tables with `.*`; what it
    selects after them follows as it is. None where there is no row.

    For the few statements everybody passes who registers: Django's raw() works out anew each time which column is what.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
        names = tuple(column.name for column in cursor.description)
    if row is None:
        return None
    found, start = [], 0
    for kind in kinds:
        end = start + len(kind._meta.concrete_fields)  # noqa: SLF001 - Django documents Model._meta
        found.append(_made(kind, names[start:end], row[start:end]))
        start = end
    return [*found, *row[start:]]


def _made(kind: type[models.Model], columns: tuple[str, ...], values: tuple[Any, ...]) -> models.Model:
    """The object of these values, as a query of Django's would have made it."""
    attributes, order = _fields(kind, columns)
    return kind.from_db("default", attributes, [values[place] for place in order])


@cache
def _fields(kind: type[models.Model], columns: tuple[str, ...]) -> tuple[list[str], list[int]]:
    """The model's attributes, and where among these columns each lies: the database keeps an order of its own.

    Raises TypeError where a column is not of the model, or holds what Django would have to read first.
    """
    fields = kind._meta.concrete_fields  # noqa: SLF001 - as above
    if {field.column for field in fields} != set(columns) or any(hasattr(field, "from_db_value") for field in fields):
        raise TypeError(f"{columns} is not a row of {kind.__name__} as it lies in the database")
    return [field.attname for field in fields], [columns.index(field.column) for field in fields]

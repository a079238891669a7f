"""Other values for many rows in one statement."""

from collections.abc import Sequence

from django.db import connection, models


def update(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Writes these fields of rows of one model, each row its own values.

    bulk_update says the same with a CASE for each row and field; 10,000 organisations took twice as long that way.
    """
    if not rows or not fields:
        return
    meta = rows[0]._meta  # noqa: SLF001 - Django documents Model._meta
    found = [meta.pk, *(meta.get_field(name) for name in fields)]
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in found]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in found)
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in found]
    sets = ", ".join(f"{column} = new.{column}" for column in columns[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} AS old SET {sets} "  # noqa: S608 - names of our own tables and columns
            f"FROM unnest({arrays}) AS new({', '.join(columns)}) WHERE old.{columns[0]} = new.{columns[0]}",
            values,
        )

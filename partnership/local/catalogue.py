"""What the database holds, read from PostgreSQL's catalogue: `python -m partnership.local.catalogue`.

One line for each column, constraint, index and trigger, sorted, so that `diff` compares two databases: the same tables
made by other migrations give the same lines. Without DATABASE_URL it reads the database of `make run`.
"""

import os

import django

from partnership.local import services

OF_TABLES = """
    SELECT relname, 'column', attname, concat_ws(' ', format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN 'NOT NULL' END,
        CASE attidentity WHEN 'd' THEN 'IDENTITY BY DEFAULT' WHEN 'a' THEN 'IDENTITY ALWAYS' END,
        CASE attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' END || pg_get_expr(adbin, adrelid),
        'COLLATE ' || (SELECT collname FROM pg_collation WHERE oid = attcollation AND collname <> 'default'))
    FROM here JOIN pg_attribute ON attrelid = here.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
UNION ALL
    SELECT relname, CASE contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
        WHEN 'x' THEN 'exclusion' WHEN 'c' THEN 'check' END, conname, pg_get_constraintdef(pg_constraint.oid)
    FROM here JOIN pg_constraint ON conrelid = here.oid AND contype IN ('p', 'u', 'f', 'x', 'c')
UNION ALL
    SELECT here.relname, 'index', index.relname, pg_get_indexdef(index.oid)
    FROM here JOIN pg_index ON indrelid = here.oid JOIN pg_class index ON index.oid = indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
"""
OF_TRIGGERS = """
    SELECT relname, 'trigger', tgname, pg_get_triggerdef(pg_trigger.oid) || ' AS ' || prosrc
    FROM here JOIN pg_trigger ON tgrelid = here.oid AND NOT tgisinternal JOIN pg_proc ON pg_proc.oid = tgfoid
"""
HERE = "WITH here AS (SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)"


def listing(connection) -> list[str]:
    """Returns a line for each column, constraint and index, sorted; then one for each trigger with its function, sorted.

    A line is the table, the kind, the name and the definition, with tabs between.
    """
    return [line for query in (OF_TABLES, OF_TRIGGERS) for line in _lines(connection, query)]


def _lines(connection, query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(HERE + query)
        return sorted("\t".join(" ".join(word.split()) for word in row) for row in cursor.fetchall())


def main() -> None:
    os.environ.update(services.ensure_running())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    from django.db import connection  # after django.setup()

    print("\n".join(listing(connection)))


if __name__ == "__main__":
    main()

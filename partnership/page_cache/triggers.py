"""Triggers that say, at commit, that public pages have changed: `triggers = renew_pages()` in a model's Meta.

A trigger is deferred, so the one row of the stamp is locked only while its transaction commits; and it belongs to the
table, so a bulk update, a row put right by hand or a later action that nobody thought of counts as well.
"""

import pgtrigger
from django.db import migrations

RENEW = """
    INSERT INTO page_cache_pagestamp AS stamp (id, revision, changed_in)
    VALUES (1, gen_random_uuid(), pg_current_xact_id()::text::bigint)
    ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, changed_in = excluded.changed_in
    WHERE stamp.changed_in <> excluded.changed_in;  -- once for each transaction, however many rows it touched
    RETURN NULL;
"""


def renew_pages(*columns: str) -> list[pgtrigger.Trigger]:
    """Returns the triggers by which every change to a model's rows renews the stamp; of `columns` alone, where given."""
    old, new = (f"ROW({', '.join(f'{side}.{name}' for name in columns)})" if columns else f"{side}.*" for side in SIDES)
    return [
        pgtrigger.Trigger(
            name="page_stamp_rows",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Delete,
            timing=pgtrigger.Deferred,
            func=RENEW,
        ),
        pgtrigger.Trigger(
            name="page_stamp_changes",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            timing=pgtrigger.Deferred,
            condition=pgtrigger.Condition(f"{old} IS DISTINCT FROM {new}"),
            func=RENEW,
        ),
        pgtrigger.Trigger(
            name="page_stamp_emptied",
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func=RENEW,
        ),
    ]


def renew_on_change(table: str) -> migrations.RunSQL:
    """Returns the operation that does the same for the table of a many-to-many field, which has no Meta of its own."""
    function = f"page_stamp_of_{table}"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {RENEW} END $$;
        CREATE CONSTRAINT TRIGGER page_stamp_rows AFTER INSERT OR DELETE ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}();
        CREATE CONSTRAINT TRIGGER page_stamp_changes AFTER UPDATE ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
            EXECUTE FUNCTION {function}();
        CREATE TRIGGER page_stamp_emptied AFTER TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {function}();
        """,
        f"""
        DROP TRIGGER page_stamp_rows ON {table};
        DROP TRIGGER page_stamp_changes ON {table};
        DROP TRIGGER page_stamp_emptied ON {table};
        DROP FUNCTION {function}();
        """,
    )


SIDES = ("OLD", "NEW")

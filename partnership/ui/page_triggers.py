"""Triggers that say, at commit, that public pages have changed. Used in migrations of tables whose rows pages show.

A trigger is deferred, so the one row of the stamp is locked only while its transaction commits; and it belongs to the
table, so a bulk update, a row changed by hand or a later action that nobody thought of counts as well.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION page_stamp_renew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ui_pagestamp AS stamp (id, revision, changed_in)
    VALUES (1, gen_random_uuid(), pg_current_xact_id()::text::bigint)
    ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, changed_in = excluded.changed_in
    WHERE stamp.changed_in <> excluded.changed_in;  -- once for each transaction, however many rows it touched
    RETURN NULL;
END $$;
"""
NO_FUNCTION = "DROP FUNCTION page_stamp_renew();"


def renew_on_change(table: str, columns: tuple[str, ...] = ()) -> migrations.RunSQL:
    """Returns the operation that makes every change to `table` renew the stamp; of `columns` alone, where given."""
    old, new = (f"ROW({', '.join(f'{side}.{c}' for c in columns)})" if columns else f"{side}.*" for side in OLD_NEW)
    return migrations.RunSQL(
        f"""
        CREATE CONSTRAINT TRIGGER page_stamp_rows AFTER INSERT OR DELETE ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION page_stamp_renew();
        CREATE CONSTRAINT TRIGGER page_stamp_changes AFTER UPDATE ON {table}
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({old} IS DISTINCT FROM {new})
            EXECUTE FUNCTION page_stamp_renew();
        CREATE TRIGGER page_stamp_emptied AFTER TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION page_stamp_renew();
        """,
        f"""
        DROP TRIGGER page_stamp_rows ON {table};
        DROP TRIGGER page_stamp_changes ON {table};
        DROP TRIGGER page_stamp_emptied ON {table};
        """,
    )


OLD_NEW = ("OLD", "NEW")

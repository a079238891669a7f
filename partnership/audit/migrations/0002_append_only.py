"""The database itself refuses to change the record, whoever asks.

One change is let through: an account that is deleted leaves its entries without an actor.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE without_actor audit_entry;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        without_actor := OLD;
        without_actor.actor_id := NULL;
        IF NEW IS NOT DISTINCT FROM without_actor THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit record is only ever added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
BACKWARDS = """
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_entry_append_only ON audit_entry;
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entry")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

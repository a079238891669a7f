"""The database itself refuses to change a version of terms of reference; public pages follow what is new."""

from django.db import migrations

from partnership.ui.page_triggers import renew_on_change

FORWARDS = """
CREATE FUNCTION terms_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of terms of reference are added, never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER boards_terms_append_only BEFORE UPDATE OR DELETE ON boards_termsversion
    FOR EACH ROW EXECUTE FUNCTION terms_refuse_change();
"""
BACKWARDS = """
DROP TRIGGER boards_terms_append_only ON boards_termsversion;
DROP FUNCTION terms_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("boards", "0008_appointed_posts"), ("ui", "0002_page_stamp_function")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        renew_on_change("boards_termsversion"),
        renew_on_change("boards_jargonterm"),
        renew_on_change("boards_post"),
    ]

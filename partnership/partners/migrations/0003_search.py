from django.db import migrations

# Kept by the database, so that no way of writing a row can forget it. It is no field of the model: every query for a
# partner would carry it. Each word stands in it as it is written ("simple", for the beginning of a word) and by its
# stem ("english", for "carer" where somebody types "carers"). A: name; B: what it does; C: neighbourhoods.
# Words wait in no list until a vacuum sorts them in: a search after an import would read the list, or the table.
COLUMN = """
    ALTER TABLE partners_partner ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, translate(name, '''’', '')), 'A') ||
        setweight(to_tsvector('english'::regconfig, translate(name, '''’', '')), 'A') ||
        setweight(to_tsvector('simple'::regconfig, translate(summary, '''’', '')), 'B') ||
        setweight(to_tsvector('english'::regconfig, translate(summary, '''’', '')), 'B') ||
        setweight(to_tsvector('simple'::regconfig, translate(neighbourhoods, '''’', '')), 'C')
    ) STORED;
    CREATE INDEX partner_words ON partners_partner USING gin (words) WITH (fastupdate = off);
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_renew_pages")]
    operations = [migrations.RunSQL(COLUMN, "ALTER TABLE partners_partner DROP COLUMN words;")]

from django.db import migrations

FIRST = """
    INSERT INTO page_cache_pagestamp (id, revision, changed_in) VALUES (1, gen_random_uuid(), 0) ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("page_cache", "0001_initial")]
    operations = [migrations.RunSQL(FIRST, migrations.RunSQL.noop)]

from django.db import migrations

from partnership.ui.page_triggers import FUNCTION, NO_FUNCTION

FIRST = "INSERT INTO ui_pagestamp (id, revision, changed_in) VALUES (1, gen_random_uuid(), 0) ON CONFLICT DO NOTHING;"


class Migration(migrations.Migration):
    dependencies = [("ui", "0001_page_stamp")]
    operations = [migrations.RunSQL(FUNCTION, NO_FUNCTION), migrations.RunSQL(FIRST, migrations.RunSQL.noop)]

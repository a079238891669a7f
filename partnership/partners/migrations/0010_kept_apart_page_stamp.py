from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    # What seems alike is worked out once and remembered until the stamp changes.
    dependencies = [("partners", "0009_merges")]
    operations = [renew_on_change("partners_notalike")]

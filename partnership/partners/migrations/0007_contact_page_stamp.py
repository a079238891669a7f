from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_own_pages")]
    operations = [renew_on_change("partners_contact")]

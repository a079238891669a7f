from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("ui", "0002_page_stamp_function")]
    operations = [
        renew_on_change("accounts_user", ("name", "is_active")),
    ]

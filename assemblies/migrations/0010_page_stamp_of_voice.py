from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0009_views_and_reports"), ("ui", "0002_page_stamp_function")]
    operations = [
        renew_on_change("assemblies_inputmark"),
        renew_on_change("assemblies_reportback"),
        renew_on_change("assemblies_reportline"),
    ]

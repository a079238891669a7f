from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0013_report_correction")]
    operations = [renew_on_change("assemblies_reportcorrection")]

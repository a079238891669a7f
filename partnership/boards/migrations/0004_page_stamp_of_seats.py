from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("boards", "0003_quorum_sectors_and_terms"), ("ui", "0002_page_stamp_function")]
    operations = [renew_on_change("boards_seat_groups")]

from django.db import migrations

from partnership.page_cache.triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial"), ("page_cache", "0001_initial")]
    operations = [renew_on_change("boards_seat_groups")]

from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("ui", "0002_page_stamp_function")]
    operations = [
        renew_on_change("places_place"),
        renew_on_change("places_placeauthority"),
        renew_on_change("places_placelead"),
        renew_on_change("places_placepartner"),
        renew_on_change("places_placeboard"),
        renew_on_change("places_place_predecessors"),
    ]

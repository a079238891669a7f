from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("places", "0003_seats_speak_for_places"), ("ui", "0002_page_stamp_function")]
    operations = [renew_on_change("places_placeseat")]

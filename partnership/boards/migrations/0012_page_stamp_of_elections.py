from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("boards", "0011_elections"), ("ui", "0002_page_stamp_function")]
    operations = [
        renew_on_change("boards_election"),
        renew_on_change("boards_election_seats"),
        renew_on_change("boards_nomination"),
        renew_on_change("boards_voter", ("partner_id",)),  # that somebody voted changes no page
    ]

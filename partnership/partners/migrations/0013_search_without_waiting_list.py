from django.db import migrations


class Migration(migrations.Migration):
    # Words wait in no list until a vacuum sorts them in: a search after an import would read the list, or the table.
    dependencies = [("partners", "0012_late_pages_from_the_index")]
    operations = [
        migrations.RunSQL(
            "ALTER INDEX partner_words SET (fastupdate = off);", "ALTER INDEX partner_words RESET (fastupdate);"
        )
    ]

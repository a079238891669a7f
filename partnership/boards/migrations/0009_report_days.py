"""How many working days before publication each board wants its reports: five until staff say another number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0008_bank_holidays")]

    operations = [
        migrations.AddField(
            model_name="board",
            name="report_days",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="working days from report to publication"),
        ),
    ]

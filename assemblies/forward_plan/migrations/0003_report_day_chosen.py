from django.db import migrations, models


def keep_days_as_they_are(apps, schema_editor):
    """Nobody knows which of the days so far were chosen, so none of them moves by itself."""
    apps.get_model("forward_plan", "PlannedItem").objects.filter(report_due_on__isnull=False).update(
        report_day_chosen=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("forward_plan", "0002_closed_to_the_public"),
    ]

    operations = [
        migrations.AddField(
            model_name="planneditem",
            name="report_day_chosen",
            field=models.BooleanField(
                default=False, verbose_name="somebody chose that day; else it is the board’s usual one"
            ),
        ),
        migrations.RunPython(keep_days_as_they_are, migrations.RunPython.noop),
    ]

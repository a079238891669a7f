from django.db import migrations, models


def mark_steps_on_their_way(apps, schema_editor):
    """Until now the chair's step was known by its name in the chain of the board. What is over stays as it is."""
    for step in apps.get_model("papers", "BoardStep").objects.filter(by_chair=True):
        apps.get_model("papers", "ReportStep").objects.filter(
            version__report__item__board=step.board_id, name=step.name, state__in=["waiting", "open"]
        ).update(by_chair=True)


class Migration(migrations.Migration):
    dependencies = [("papers", "0015_withdrawals")]

    operations = [
        migrations.AddField(
            model_name="reportstep",
            name="by_chair",
            field=models.BooleanField(default=False, verbose_name="taken by whoever chairs the board"),
        ),
        migrations.RunPython(mark_steps_on_their_way, migrations.RunPython.noop, elidable=True),
    ]

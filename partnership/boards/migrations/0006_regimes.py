"""Each board meets under a law. Statutory boards that named an Act meet under it; the others have their own terms until staff say."""

from django.db import migrations, models
from django.db.models import Q

NAMED_AN_ACT = """
    UPDATE boards_board SET regime = 'council', clear_days = greatest(clear_days, 5), day_kind = 'working'
    WHERE kind = 'statutory' AND rule_source LIKE '%1972%';
    UPDATE boards_board SET regime = 'nhs' WHERE kind = 'statutory' AND rule_source LIKE '%1960%';
"""


class Migration(migrations.Migration):
    dependencies = [("boards", "0005_board_publish_by")]

    operations = [
        migrations.AddField(
            model_name="board",
            name="regime",
            field=models.CharField(
                choices=[
                    ("council", "Council"),
                    ("nhs", "NHS"),
                    ("constitution", "Foundation trust constitution"),
                    ("own_terms", "Its own terms"),
                ],
                default="own_terms",
                max_length=12,
                verbose_name="law it meets under",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="board",
            name="recording_policy",
            field=models.TextField(blank=True, verbose_name="filming and recording of its meetings"),
        ),
        migrations.RunSQL(NAMED_AN_ACT, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=~Q(regime="council") | Q(clear_days__gte=5, day_kind="working"),
                name="council_body_gives_five_clear_working_days",
            ),
        ),
    ]

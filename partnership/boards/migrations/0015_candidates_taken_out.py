"""When and why staff took a candidate out of an election, as its public page says it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0014_times_edited'),
    ]

    operations = [
        migrations.AddField(
            model_name='nomination',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='taken out by staff'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='withdrawn_because',
            field=models.TextField(blank=True, verbose_name='why, as the public reads it'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_because', '')), models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='who_is_taken_out_has_a_reason'),
        ),
    ]

"""Voting that was made to close later: a row each time, shown on the public page of its election."""

import django.db.models.deletion
from django.db import migrations, models

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):

    dependencies = [
        ('boards', '0012_page_stamp_of_elections'),
        ('ui', '0002_page_stamp_function'),
    ]

    operations = [
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_to_close_at', models.DateTimeField(verbose_name='voting was to close')),
                ('closes_at', models.DateTimeField(verbose_name='voting closes')),
                ('because', models.TextField(verbose_name='why')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='boards.election')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('was_to_close_at'))), name='an_extension_is_for_longer')],
            },
        ),
        renew_on_change("boards_extension"),
    ]

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("actor_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("verb", models.CharField(editable=False, max_length=100)),
                ("subject_type", models.CharField(editable=False, max_length=100)),
                ("subject_id", models.CharField(editable=False, max_length=64)),
                ("subject_label", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "details",
                    models.JSONField(
                        default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject"),
                    models.Index(fields=["verb", "-id"], name="audit_by_verb"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(verb__regex=r"^[a-z_]+(\.[a-z_]+)+$"), name="audit_verb_is_dotted"
                    )
                ],
            },
        ),
    ]

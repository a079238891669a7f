from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A mail that was sent may come back: then it has failed, and still says when it was sent."""

    dependencies = [("outbox", "0002_lean_indexes")]

    operations = [
        migrations.RemoveConstraint(model_name="message", name="outbox_sent_has_its_time"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=(
                    Q(state="sent", sent_at__isnull=False)
                    | Q(state="failed")
                    | (~Q(state__in=["sent", "failed"]) & Q(sent_at__isnull=True))
                ),
                name="outbox_sent_has_its_time",
            ),
        ),
    ]

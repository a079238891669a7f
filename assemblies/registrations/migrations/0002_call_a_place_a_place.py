from django.db import migrations, models

HOLDING = ["held", "registered", "offered", "attended", "absent"]


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial")]
    operations = [
        migrations.RemoveConstraint("registration", "seat_given_once"),
        migrations.RemoveConstraint("registration", "place_holders_have_a_seat_and_others_none"),
        migrations.RemoveConstraint("registration", "seat_within_capacity"),
        migrations.RenameField("registration", "seat_number", "place_number"),
        migrations.RenameField("registration", "seat_limit", "capacity_when_given"),
        migrations.AddConstraint(
            "registration", models.UniqueConstraint(fields=["meeting", "place_number"], name="place_given_once")
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(place_number__isnull=True, state__in=["waiting", "cancelled"])
                | models.Q(place_number__gte=1, state__in=HOLDING),
                name="place_holders_have_a_number_and_others_none",
            ),
        ),
        migrations.AddConstraint(
            "registration",
            models.CheckConstraint(
                condition=models.Q(capacity_when_given__isnull=True)
                | models.Q(place_number__isnull=True)
                | models.Q(place_number__lte=models.F("capacity_when_given"))
                | models.Q(source="walk_in"),
                name="place_within_capacity",
            ),
        ),
    ]

from django.db import models


class ReportReminder(models.Model):
    """That somebody was reminded of a report that is due on a day. Written down with the email, so that a missed run is
    caught up and nobody is reminded twice; for a day that moves they are reminded again."""

    class Stage(models.TextChoices):
        WEEK = "week", "a week before"
        DAY = "day", "a day before"
        LATE = "late", "once it is late"

    item = models.ForeignKey("forward_plan.PlannedItem", models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    due_on = models.DateField()
    stage = models.CharField(max_length=4, choices=Stage)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "due_on", "stage"], name="reminded_once_of_a_report_due")
        ]

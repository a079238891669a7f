from django.db import models
from django.db.models import Q


class ReminderRule(models.Model):
    """When a meeting reminds whom of what. Each minute the sweep asks what is due now, as the meeting stands now."""

    class Anchor(models.TextChoices):
        START = "start", "before it starts"
        CLOSING = "closing", "before registration closes"
        END = "end", "after it ends"

    class Audience(models.TextChoices):
        COMING = "coming", "People with a place"
        UNANSWERED = "unanswered", "People invited who have not answered"
        ATTENDED = "attended", "People who came"

    meeting = models.ForeignKey("assemblies.Meeting", models.CASCADE, related_name="reminder_rules")
    anchor = models.CharField(max_length=8, choices=Anchor)
    minutes = models.PositiveIntegerField("minutes before or after")
    audience = models.CharField(max_length=10, choices=Audience)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["meeting", "anchor", "-minutes"]
        constraints = [
            models.CheckConstraint(
                condition=Q(anchor="start", audience="coming")
                | Q(anchor="closing", audience="unanswered")
                | Q(anchor="end", audience__in=["attended", "coming"])
                | Q(anchor="start", audience="unanswered"),
                name="reminder_audience_fits_its_time",
            )
        ]


class ReminderRun(models.Model):
    """That a rule was carried out for one moment it fell due: a fact, so that it is caught up and never doubled."""

    rule = models.ForeignKey(ReminderRule, models.CASCADE, related_name="runs")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(auto_now_add=True)
    sent = models.PositiveIntegerField("messages queued")
    skipped = models.CharField("why nothing was sent", max_length=200, blank=True)

    class Meta:
        ordering = ["-due_at"]
        constraints = [models.UniqueConstraint(fields=["rule", "due_at"], name="rule_runs_once_for_each_due_time")]

from django.db import models
from django.db.models import Q

from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose
from partnership.page_cache.triggers import renew_pages


class PlannedItemQuerySet(models.QuerySet["PlannedItem"]):
    def live(self):
        """Items that are still meant to be taken up, or were."""
        return self.filter(withdrawn_at__isnull=True)

    def public(self):
        """Items planned for a published meeting that anyone may see."""
        return self.live().filter(meeting__in=Meeting.objects.public().values("pk"))

    def for_meeting(self, meeting):
        return self.live().filter(meeting=meeting).order_by("position", "pk")

    def route(self):
        """In the order in which boards take them up; those without a meeting last."""
        return self.live().order_by(models.F("meeting__starts_at").asc(nulls_last=True), "pk")


class PlannedItem(models.Model):
    """A topic on its way to one board: for which meeting, in which role, who leads it, when its report is due."""

    class Role(models.TextChoices):
        ADVISORY = "advisory", "Advises"
        DECISIVE = "decisive", "Decides"

    Purpose = Purpose

    topic = models.ForeignKey("forward_plan.Topic", models.CASCADE, related_name="items")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="planned_items")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="planned_items"
    )
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField("what the board does", max_length=10, choices=Role, default=Role.DECISIVE)
    purpose = models.CharField(max_length=12, choices=Purpose)
    lead = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="who leads it"
    )
    needs_report = models.BooleanField("it needs a cover report", default=True)
    report_due_on = models.DateField("day the report is due", null=True, blank=True)
    result = models.TextField("what the board said", blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was taken off", blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = PlannedItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "meeting"],
                condition=Q(withdrawn_at__isnull=True, meeting__isnull=False),
                name="topic_once_at_a_meeting",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.topic.title


class ItemMove(models.Model):
    """That an item went from one meeting to another, or to none: a fact of record."""

    item = models.ForeignKey(PlannedItem, models.CASCADE, related_name="moves")
    old_meeting = models.ForeignKey("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="+")
    new_meeting = models.ForeignKey("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    moved_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        triggers = renew_pages()

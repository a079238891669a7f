from django.db import models
from django.db.models import Q

from assemblies.blockers.models.blocker import Blocker
from assemblies.blockers.models.people import takes_part
from assemblies.papers.models.on_record import append_only

NEEDS_NO_WORDS = ["taken_on", "asked"]


class BlockerStepQuerySet(models.QuerySet["BlockerStep"]):
    def visible_to(self, user):
        """The steps of blockers that the person may read, which is all of them or none."""
        return self if takes_part(user) else self.none()

    def in_order(self):
        return self.select_related("by", "old_owner", "new_owner", "board").order_by("at", "pk")


class BlockerStep(models.Model):
    """What happened to a blocker, who says so and when: a fact of record, which a trigger in the database keeps."""

    class Kind(models.TextChoices):
        TAKEN_ON = "taken_on", "taken on"
        ASKED = "asked", "somebody was asked"
        HANDED_ON = "handed_on", "handed on"
        HANDED_BACK = "handed_back", "handed back"
        NOTED = "noted", "progress"
        ESCALATED = "escalated", "escalated"
        RETURNED = "returned", "came back from the board"
        RESOLVED = "resolved", "resolved"
        WITHDRAWN = "withdrawn", "withdrawn"
        REOPENED = "reopened", "opened again"

    blocker = models.ForeignKey(Blocker, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=Kind)
    words = models.TextField("why, or what was said", blank=True)
    old_owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    new_owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    board = models.ForeignKey("boards.Board", models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey("forward_plan.Topic", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BlockerStepQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=NEEDS_NO_WORDS) | ~Q(words=""), name="step_of_blocker_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["escalated", "returned"]) | Q(board__isnull=False, topic__isnull=False),
                name="step_of_blocker_names_its_board",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["taken_on", "asked", "handed_on"]) | Q(new_owner__isnull=False),
                name="step_of_blocker_names_its_owner",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.blocker}: {self.get_kind_display()}"

from django.db import models
from django.db.models import F, Q

from assemblies.follow_up.models.follow_up import FollowUp
from assemblies.papers.models.on_record import append_only
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on


class FollowUpChangeQuerySet(models.QuerySet["FollowUpChange"]):
    def visible_to(self, user):
        """The history is read by those who work with it: who has the action or had it, who sits on its board, and staff."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        theirs = Q(follow_up__owner=user) | Q(follow_up__board__in=boards_sat_on(user))
        return self.filter(theirs, follow_up__in=FollowUp.objects.visible_to(user).values("pk"))

    def in_order(self):
        return self.select_related("by", "old_owner", "new_owner").order_by("at", "pk")


class FollowUpChange(models.Model):
    """What happened to an action, who says so and when: a fact of record, which a trigger in the database keeps."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", "taken on"
        NOTED = "noted", "progress"
        HANDED_ON = "handed_on", "handed on"
        POSTPONED = "postponed", "new due day"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"
        REOPENED = "reopened", "opened again"

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField("why, or what was said", blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField("file that shows that it is done", upload_to="evidence/", max_length=120, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    old_owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    new_owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    old_due_on = models.DateField(null=True, blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FollowUpChangeQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="handed_on")
                | (Q(old_owner__isnull=False, new_owner__isnull=False) & ~Q(old_owner=F("new_owner"))),
                name="follow_up_is_handed_to_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(kind="assigned") | ~Q(words=""), name="change_of_follow_up_says_something"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.follow_up}: {self.get_kind_display()}"

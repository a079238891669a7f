from django.db import models
from django.db.models import Q

from partnership.accounts.rules import is_partnership_staff


class DirectoryImportQuerySet(models.QuerySet["DirectoryImport"]):
    def visible_to(self, user):
        """Staff see all; nobody else any."""
        return self if is_partnership_staff(user) else self.none()


class DirectoryImport(models.Model):
    """A file of organisations staff sent in, read but not imported. Nothing changes until it is confirmed."""

    class State(models.TextChoices):
        PREVIEW = "preview", "to be confirmed"
        CONFIRMED = "confirmed", "imported"
        DISCARDED = "discarded", "discarded"

    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    unchanged = models.PositiveIntegerField("rows that say what the directory says", default=0)
    notes = models.JSONField("what the person should know of the file", default=list)
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = DirectoryImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="directory_import_has_time"
            )
        ]

    def __str__(self) -> str:
        return self.filename


class DirectoryImportRow(models.Model):
    """One row of the file that is not as the directory has it: what it changes cell by cell, or why it cannot."""

    class Outcome(models.TextChoices):
        CHANGE = "change", "changes"
        ADD = "add", "new"
        REFUSE = "refuse", "refused"

    batch = models.ForeignKey(DirectoryImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("row in the file")
    outcome = models.CharField(max_length=8, choices=Outcome)
    partner = models.ForeignKey("partners.Partner", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    cells = models.JSONField("column, what the directory said, what the file says", default=list)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="directory_import_row_once")]

from django.db import models

from partnership.accounts.rules import is_partnership_staff
from partnership.files.models import Preview, PreviewFile, confirmed_has_time


class DirectoryImportQuerySet(models.QuerySet["DirectoryImport"]):
    def visible_to(self, user):
        """Staff see all; nobody else any."""
        return self if is_partnership_staff(user) else self.none()

    def imported_last(self):
        """The ten imported last, with how many rows of each were `refused`."""
        refused = models.Count("rows", filter=models.Q(rows__outcome=DirectoryImportRow.Outcome.REFUSE))
        imported = self.filter(state=Preview.State.CONFIRMED).select_related("uploaded_by")
        return imported.annotate(refused=refused).order_by("-confirmed_at", "-pk")[:10]


class DirectoryImport(Preview):
    """A file of organisations staff sent in."""

    unchanged = models.PositiveIntegerField("rows that say what the directory says", default=0)
    notes = models.JSONField("what the person should know of the file", default=list)
    sheet = models.TextField("sheet of the workbook that was read", blank=True)
    other_sheets = models.JSONField("sheets that could be read instead", default=list)

    objects = DirectoryImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [confirmed_has_time("directory_import_has_time")]


class DirectoryImportFile(PreviewFile):
    """The workbook itself, kept only while it is previewed and has another sheet that can be read."""

    batch = models.OneToOneField(DirectoryImport, models.CASCADE, related_name="file")


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

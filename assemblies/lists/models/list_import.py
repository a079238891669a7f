from collections.abc import Sequence

from django.db import models
from django.utils.functional import cached_property

from partnership.files.models import Preview, PreviewFile, confirmed_has_time


class ListImport(Preview):
    """A file somebody sent in for a list. Nobody joins the list until it is confirmed."""

    list = models.ForeignKey("lists.InvitationList", models.CASCADE, related_name="imports")
    columns = models.JSONField("which column was read as what", default=dict)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [confirmed_has_time("confirmed_import_has_time")]

    @property
    def sheet(self) -> str:
        return self.columns.get("sheet", "")

    @property
    def other_sheets(self) -> Sequence[str]:
        return self.columns.get("others", [])

    @cached_property
    def read_as(self) -> Sequence[dict]:
        """Each column of the file with what it was read as; empty once the file is no longer kept."""
        kept = ImportFile.objects.filter(batch=self, batch__state=self.State.PREVIEW)
        return kept.values_list("columns", flat=True).first() or []


class ImportFile(PreviewFile):
    """The file itself, kept only while it is previewed, so that a column read wrongly can be read again."""

    batch = models.OneToOneField(ListImport, models.CASCADE, related_name="file")
    columns = models.JSONField("each column, what it was read as, and how its cells begin", default=list)


class ImportRow(models.Model):
    """One person read from the file: whether they will be added, merged or refused, and why."""

    class Outcome(models.TextChoices):
        ADD = "add", "will be added"
        MERGE = "merge", "already there: will be merged"
        REFUSE = "refuse", "cannot be read"

    batch = models.ForeignKey(ListImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("row in the file")
    part = models.PositiveSmallIntegerField("person within the row", default=0)
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=120, blank=True)
    corrected = models.BooleanField(default=False)

    class Meta:
        ordering = ["number", "part"]
        constraints = [models.UniqueConstraint(fields=["batch", "number", "part"], name="import_row_once")]

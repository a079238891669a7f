from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property


class ListImport(models.Model):
    """A file somebody sent in for a list, read but not yet imported. Nothing joins the list until it is confirmed."""

    class State(models.TextChoices):
        PREVIEW = "preview", "to be confirmed"
        CONFIRMED = "confirmed", "imported"
        DISCARDED = "discarded", "discarded"

    list = models.ForeignKey("assemblies.InvitationList", models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    columns = models.JSONField("which column was read as what", default=dict)
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="confirmed_import_has_time"
            )
        ]

    @cached_property
    def read_as(self) -> Sequence[dict]:
        """Each column of the file with what it was read as; empty once the file is no longer kept."""
        kept = ImportFile.objects.filter(batch=self, batch__state=self.State.PREVIEW)
        return kept.values_list("columns", flat=True).first() or []


class ImportFile(models.Model):
    """The file itself, kept only while it is previewed, so that a column read wrongly can be read again."""

    batch = models.OneToOneField(ListImport, models.CASCADE, related_name="file")
    data = models.BinaryField()
    columns = models.JSONField("each column, what it was read as, and how its cells begin", default=list)


class ImportRow(models.Model):
    """One person read from the file: what will become of them, and if refused, why."""

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

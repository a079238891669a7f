from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Preview(models.Model):
    """A file somebody sent in, read but not imported. Nothing changes until it is confirmed.

    Its rows, by the name `rows`, are of a model of the importer; each has an `outcome`. So is the file itself, by the name
    `file`: it is kept while it may have to be read again.
    """

    rows: Any  # each importer's own, by its reverse accessor
    file: Any  # the same
    sheet: Any  # the name of the sheet that was read, where the file is a workbook
    other_sheets: Any  # the names of those that could be read instead

    class State(models.TextChoices):
        PREVIEW = "preview", "to be confirmed"
        CONFIRMED = "confirmed", "imported"
        DISCARDED = "discarded", "discarded"

    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.filename

    def forget(self) -> int:
        """Deletes what was read, and the file; returns how many rows."""
        self.forget_file()
        count, _ = self.rows.all().delete()
        return count

    def forget_file(self) -> None:
        self._files.filter(batch=self).delete()

    @property
    def keeps_file(self) -> bool:
        """Whether it can be read again: nobody has imported or discarded it, and the file is still here."""
        return self.state == self.State.PREVIEW and self._files.filter(batch=self).exists()

    @property
    def _files(self) -> Any:
        return self._meta.get_field("file").related_model.objects  # type: ignore[union-attr]  # it is a relation


class PreviewFile(models.Model):
    """The file itself. An importer's own has `batch`, its preview, which calls it `file`."""

    data = models.BinaryField()

    class Meta:
        abstract = True


def confirmed_has_time(name: str) -> models.CheckConstraint:
    """The constraint every preview has, under a name that differs for each model."""
    return models.CheckConstraint(condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name=name)

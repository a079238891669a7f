from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Preview(models.Model):
    """A file somebody sent in, read but not imported. Nothing changes until it is confirmed.

    Its rows, by the name `rows`, are of a model of the importer; each has an `outcome`.
    """

    rows: Any  # each importer's own, by its reverse accessor

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
        """Deletes what was read; returns how many rows."""
        count, _ = self.rows.all().delete()
        return count


def confirmed_has_time(name: str) -> models.CheckConstraint:
    """The constraint every preview has, under a name that differs for each model."""
    return models.CheckConstraint(condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name=name)

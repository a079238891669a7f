from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partnership.page_cache.triggers import renew_pages


class Extension(models.Model):
    """A later close of voting in an election: the old time, the new time, and why. Public, and never edited."""

    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="extensions")
    was_to_close_at = models.DateTimeField("voting was to close")
    closes_at = models.DateTimeField("voting closes")
    because = models.TextField("why")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("was_to_close_at")), name="an_extension_is_for_longer"),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Extension {self.pk} of {self.election}"

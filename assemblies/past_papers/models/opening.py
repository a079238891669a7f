from django.db import models
from django.db.models import Q

from assemblies.past_papers.models.past_meeting import PastPaper


class PastPaperOpeningQuerySet(models.QuerySet["PastPaperOpening"]):
    def over_since(self, moment):
        """Openings of what was withdrawn by that moment, or is open to everybody since it was opened then."""
        opened_up = Q(paper__members_only=False, opened_at__lte=moment)
        return self.filter(opened_up | Q(paper__withdrawn_at__lte=moment))


class PastPaperOpening(models.Model):
    """That somebody opened an old paper while it was for members alone, and when."""

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="who opened it")
    opened_at = models.DateTimeField()
    paper = models.ForeignKey(PastPaper, models.CASCADE, related_name="openings")

    objects = PastPaperOpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

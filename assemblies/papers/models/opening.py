from django.db import models
from django.db.models import Q


class PaperOpeningQuerySet(models.QuerySet["PaperOpening"]):
    def of_meeting(self, meeting):
        """Openings of what belongs to the meeting: its files, its reports and their appendices."""
        return self.filter(
            Q(document__meeting=meeting)
            | Q(version__meeting=meeting)
            | Q(version__report__item__meeting=meeting)
            | Q(appendix__report__item__meeting=meeting)
        )


class PaperOpening(models.Model):
    """That somebody opened a closed paper, a file, a version of a report or an appendix, and when: a fact of record."""

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="who opened it")
    opened_at = models.DateTimeField()
    document = models.ForeignKey("papers.Document", models.CASCADE, null=True, blank=True, related_name="openings")
    version = models.ForeignKey("papers.ReportVersion", models.CASCADE, null=True, blank=True, related_name="openings")
    appendix = models.ForeignKey(
        "papers.ReportAppendix", models.CASCADE, null=True, blank=True, related_name="openings"
    )

    objects = PaperOpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, version__isnull=True, appendix__isnull=True)
                | Q(document__isnull=True, version__isnull=False, appendix__isnull=True)
                | Q(document__isnull=True, version__isnull=True, appendix__isnull=False),
                name="opening_is_of_one_paper",
            )
        ]

from django.db import models
from django.db.models import Q

from assemblies.meetings.models.meeting import Meeting


class PaperOpeningQuerySet(models.QuerySet["PaperOpening"]):
    def of_board(self, board):
        """Openings of what belongs to the board: files of its meetings, its reports and their appendices."""
        meetings = Meeting.objects.of_boards([board.pk]).values("pk")
        return self.filter(
            Q(document__meeting__in=meetings)
            | Q(version__meeting__in=meetings)
            | Q(version__report__item__board=board)
            | Q(appendix__report__item__board=board)
        )

    def over_since(self, moment):
        """Openings of what was made public or withdrawn by that moment, or is closed no more since it was opened then."""
        dropped = Q(closure=None, opened_at__lte=moment)
        return self.filter(dropped | Q(closure__released_at__lte=moment) | Q(document__withdrawn_at__lte=moment))

    def with_papers(self):
        """Each with who opened it, and what it was."""
        return self.select_related("person", "document__meeting", "version", "appendix__report")


class PaperOpening(models.Model):
    """That somebody opened a closed paper, a file, a version of a report or an appendix, and when."""

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="who opened it")
    opened_at = models.DateTimeField()
    document = models.ForeignKey("papers.Document", models.CASCADE, null=True, blank=True, related_name="openings")
    version = models.ForeignKey("papers.ReportVersion", models.CASCADE, null=True, blank=True, related_name="openings")
    appendix = models.ForeignKey(
        "papers.ReportAppendix", models.CASCADE, null=True, blank=True, related_name="openings"
    )
    closure = models.ForeignKey(
        "closures.Closure",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="why it was closed then",
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

    def __str__(self) -> str:
        return f"{self.person} opened {self.what}"

    @property
    def what(self) -> str:
        """The paper in words, for those who may know of it."""
        if self.document:
            return f"{self.document.title}, a file of {self.document.meeting}"
        if self.version:
            return f"{self.version.text.title}, version {self.version.number} of the report"
        return f"{self.appendix.title}, an appendix of {self.appendix.report}" if self.appendix else ""

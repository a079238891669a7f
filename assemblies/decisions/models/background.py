from django.db import models
from django.db.models import Q
from django.urls import reverse

from assemblies.closures.models import MayBeClosed, is_closed
from assemblies.decisions.models.decision import Decision
from assemblies.papers.models.on_record import append_only
from partnership.page_cache.triggers import renew_pages


class BackgroundPaperQuerySet(models.QuerySet["BackgroundPaper"]):
    def visible_to(self, user):
        """Papers of decisions of which the person may know. Of closed ones others see that they are there."""
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))

    def readable_by(self, user):
        """Papers that the person may open: closed ones are for those who read closed decisions of the same board or officer."""
        known = Decision.objects.visible_to(user)
        readable = known.readable_by(user)
        if not user.is_authenticated:
            return self.exclude(is_closed()).filter(decision__in=readable.values("pk"))
        inside = known.of_insider(user).values("pk")
        return self.filter(Q(decision__in=readable.values("pk")) & (~is_closed() | Q(decision__in=inside)))


class BackgroundPaper(MayBeClosed, models.Model):
    """What a decision relied on: a file or a web address. A fact of record, open to the public for at least four years."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="background")
    title = models.CharField(max_length=200)
    url = models.URLField("web address", max_length=500, blank=True)
    file = models.FileField(upload_to="decisions/", max_length=120, blank=True)
    size = models.PositiveIntegerField("bytes", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="background_papers",
        verbose_name="why it is closed to the public, where the decision is not",
    )  # fmt: skip

    objects = BackgroundPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="", size__isnull=True, sha256="") & ~Q(url=""))
                | (Q(url="", size__gt=0) & ~Q(file="") & ~Q(sha256="")),
                name="background_paper_is_a_file_or_an_address",
            ),
        ]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url or reverse("decision_background", args=[self.decision_id, self.pk])

from django.db import models
from django.db.models import Q


class DocumentQuerySet(models.QuerySet["Document"]):
    def current(self):
        """Documents that stand: neither withdrawn nor replaced. A replaced one may still stand in an older agenda."""
        return self.filter(withdrawn_at__isnull=True, replaced_by__isnull=True)

    def public(self):
        """Documents of public meetings that are released and not withdrawn."""
        return self.filter(
            released_at__isnull=False,
            withdrawn_at__isnull=True,
            meeting__by_invitation=False,
            meeting__state__in=["published", "held", "closed", "cancelled"],
        )


class Document(models.Model):
    """A file that belongs to a meeting: slides, reading for newcomers, a paper for an agenda item."""

    class Kind(models.TextChoices):
        SLIDES = "slides", "Slides"
        BACKGROUND = "background", "Background for newcomers"
        PAPER = "paper", "Paper for an agenda item"
        OTHER = "other", "Other"

    meeting = models.ForeignKey("assemblies.Meeting", models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="documents/", max_length=120)
    content_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty")]

    def __str__(self) -> str:
        return self.title

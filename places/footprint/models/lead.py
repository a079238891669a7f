from datetime import date

from django.db import models
from django.db.models import F, Q

from partnership.page_cache.triggers import renew_pages


class PlaceLeadQuerySet(models.QuerySet["PlaceLead"]):
    def current(self, on: date):
        """Leads in post on the day, first and last day included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class PlaceLead(models.Model):
    """Who leads a place: draws up its invitation lists and writes its introduction. A place may have several."""

    place = models.ForeignKey("places.Place", models.CASCADE, related_name="leads")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="places_led")
    title = models.CharField(max_length=200, default="Place lead")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PlaceLeadQuerySet.as_manager()

    class Meta:
        ordering = ["place", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="lead_ends_after_it_starts"
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.user}, {self.title}"

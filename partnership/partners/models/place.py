from django.db import models

from partnership.page_cache.triggers import renew_pages
from places.footprint.models import Place


class PlacePartner(models.Model):
    """A place that a partner works in."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    partner = models.ForeignKey("partners.Partner", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "partner"], name="partner_once_for_each_place")]
        triggers = renew_pages()

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnership.page_cache.triggers import renew_pages

gss_code = RegexValidator(r"^[EWSN]\d{8}$", "Enter a GSS code: E, W, S or N and eight numbers, like E09000028")


class PlaceQuerySet(models.QuerySet["Place"]):
    def public(self):
        return self

    def visible_to(self, user):
        """Places are public: everyone sees each of them, past ones included."""
        return self

    def current(self, on: date | None = None):
        """Places that exist on the day (today unless given)."""
        on = on or timezone.localdate()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def by_name(self):
        """Places of today, by name."""
        return self.current().order_by("name")

    def led_by(self, user, on: date | None = None):
        """Places the person leads on the day (today unless given)."""
        if not user.is_authenticated:
            return self.none()
        on = on or timezone.localdate()
        return self.filter(
            Q(leads__ends_on__isnull=True) | Q(leads__ends_on__gte=on), leads__user=user, leads__starts_on__lte=on
        ).distinct()


class Place(models.Model):
    """An area whose partners plan together. Places change: one may follow another, and one council may lie in two."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    system = models.CharField("part of", max_length=120, help_text="The wider area, like Cheshire and Merseyside")
    summary = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors", blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["system", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="place_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["system", "name", "starts_on"], name="place_name_unique_in_its_time"),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])


class PlaceAuthority(models.Model):
    """A council area, or part of one, that a place covers."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="footprint")
    name = models.CharField(max_length=120)
    gss_code = models.CharField("GSS code", max_length=9, blank=True, validators=[gss_code])
    in_part = models.BooleanField("only part of it", default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="authority_once_for_each_place")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Part of {self.name}" if self.in_part else self.name

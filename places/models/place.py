from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnership.partners.models.partner import gss_code


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
    partners = models.ManyToManyField("partners.Partner", through="places.PlacePartner", related_name="places")
    boards = models.ManyToManyField("boards.Board", through="places.PlaceBoard", related_name="places")
    seats = models.ManyToManyField("boards.Seat", through="places.PlaceSeat", related_name="places")

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

    def __str__(self) -> str:
        return f"Part of {self.name}" if self.in_part else self.name


class PlacePartner(models.Model):
    """That a partner works in a place."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    partner = models.ForeignKey("partners.Partner", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "partner"], name="partner_once_for_each_place")]


class PlaceSeat(models.Model):
    """That a seat speaks for a place. A seat with none speaks for wherever its board serves."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    seat = models.ForeignKey("boards.Seat", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "seat"], name="seat_once_for_each_place")]


class PlaceBoard(models.Model):
    """That a board serves a place. A board with none serves the whole system."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "board"], name="board_once_for_each_place")]

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from partnership.page_cache.triggers import renew_pages
from partnership.partners.models.partner import Sector


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user):
        """Seats are public, as their boards are: everyone sees each of them."""
        return self

    def in_being(self, on: date):
        """Seats that exist on the day, on boards that do, first and last day included."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(board__starts_on__isnull=True) | Q(board__starts_on__lte=on),
            Q(board__ends_on__isnull=True) | Q(board__ends_on__gte=on),
        )

    def known_on(self, on: date):
        """Seats of the day, without those of which nothing says that they were there on a day that is past.

        A seat without a first day begins with its board; where that has none either, a term that ran on the day says it.
        """
        found = self.in_being(on)
        if on >= timezone.localdate():
            return found
        held = models.Exists(Appointment.objects.current(on).filter(seat=models.OuterRef("pk")))
        return found.filter(Q(starts_on__isnull=False) | Q(board__starts_on__isnull=False) | held)

    def not_ended(self, on: date):
        """Seats that exist on the day, or will."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def ended(self, on: date):
        """Seats whose last day was before the day."""
        return self.filter(ends_on__lt=on)

    def vacant(self, on: date):
        """Seats that exist on the day and that nobody holds then, each with the last day of the term before, if any."""
        terms = Appointment.objects.filter(seat=models.OuterRef("pk"))
        before = terms.filter(ends_on__lt=on).order_by("-ends_on").values("ends_on")[:1]
        return (
            self.in_being(on)
            .filter(~models.Exists(terms.current(on)))
            .annotate(left_on=models.Subquery(before), filled_from=models.Subquery(terms.coming(on)))
        )

    def with_holders(self, on: date):
        """Each seat with `holders`: the appointment that runs on the day in a list of one, or none: vacant."""
        running = Appointment.objects.current(on).select_related("holder", "partner", "deputy")
        return self.prefetch_related(models.Prefetch("appointments", running, to_attr="holders"))


class Seat(models.Model):
    """A seat on a board. It exists apart from its holder, so that a vacancy shows."""

    left_on: "date | None"  # both as SeatQuerySet.vacant gives them
    filled_from: "date | None"
    holders: "list[Appointment]"  # as SeatQuerySet.with_holders gives it
    filling: list  # as vacancies.being_filled gives it, on the page of vacancies
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="seats")
    title = models.CharField(max_length=200)
    is_chair = models.BooleanField("the chair's seat", default=False)
    voting = models.BooleanField(default=True)
    constituency = models.CharField("speaks for", max_length=200, blank=True)
    sector = models.CharField("sector it speaks for", max_length=10, choices=Sector, blank=True)
    groups = models.ManyToManyField("partners.PeopleGroup", related_name="seats", blank=True)
    places = models.ManyToManyField("places.Place", through="boards.PlaceSeat", related_name="seats")
    nominating_body = models.CharField(max_length=200, blank=True)
    nominating_partner = models.ForeignKey(
        "partners.Partner", models.SET_NULL, null=True, blank=True, related_name="seats_it_fills"
    )
    nominating_board = models.ForeignKey(
        "boards.Board", models.SET_NULL, null=True, blank=True, related_name="seats_it_fills"
    )
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-is_chair", "position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["board"], condition=Q(is_chair=True), name="one_chair_seat_for_each_board"),
            models.UniqueConstraint(fields=["board", "title"], name="seat_title_unique_on_board"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.title}, {self.board}"

    def get_absolute_url(self) -> str:
        return reverse("seat", args=[self.board.slug, self.pk])

    @property
    def nominated_by(self) -> str:
        """Who names the holder, in words; empty where nobody is said to."""
        return str(self.nominating_partner or self.nominating_board or self.nominating_body)

    def exists_on(self, day: date) -> bool:
        """Whether the seat and its board are there on the day."""
        return all(
            (each.starts_on is None or each.starts_on <= day) and (each.ends_on is None or each.ends_on >= day)
            for each in (self, self.board)
        )


class SeatNumberRange(Func):
    """A range that holds the seat's number alone: overlap then means "the same seat", with no extension needed."""

    function = "INT8RANGE"
    template = "%(function)s(%(expressions)s, '[]')"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self, on: date):
        """Appointments that run on the day, first and last day included."""
        return self.not_ended(on).filter(starts_on__lte=on)

    def not_ended(self, on: date):
        """Appointments that run on the day, or will."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def coming(self, on: date):
        """The first days of terms that begin after the day, the nearest first: one value for a subquery."""
        return self.filter(starts_on__gt=on).order_by("starts_on").values("starts_on")[:1]

    def ending(self, on: date, by: date | Func):
        """Terms that run on the day and end by another, of seats that go on and to which nobody is appointed yet."""
        next_terms = Appointment.objects.filter(seat=models.OuterRef("seat"), starts_on__gt=models.OuterRef("ends_on"))
        return self.current(on).filter(
            ~models.Exists(next_terms),
            Q(seat__ends_on__isnull=True) | Q(seat__ends_on__gt=F("ends_on")),
            Q(seat__board__ends_on__isnull=True) | Q(seat__board__ends_on__gt=F("ends_on")),
            ends_on__lte=by,
        )


class Appointment(models.Model):
    """Who holds a seat, how they came to it, and for which term. Both days are included."""

    class Route(models.TextChoices):
        ELECTED = "elected", "elected"
        NOMINATED = "nominated", "nominated"
        APPOINTED = "appointed", "appointed"
        CO_OPTED = "co_opted", "co-opted"
        EX_OFFICIO = "ex_officio", "by virtue of their post"

    class Remuneration(models.TextChoices):
        NONE = "none", "none"
        EXPENSES = "expenses", "expenses"
        DAY_RATE = "day_rate", "a day rate"
        BACKFILL = "backfill", "backfill for their organisation"

    seat = models.ForeignKey("boards.Seat", models.PROTECT, related_name="appointments")
    holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="appointments")
    partner = models.ForeignKey("partners.Partner", models.PROTECT, null=True, blank=True, related_name="appointments")
    route = models.CharField(max_length=12, choices=Route)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    deputy = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputises",
        help_text="Attends in their place",
    )
    remuneration = models.CharField(max_length=10, choices=Remuneration, default=Remuneration.NONE)
    reason_left = models.CharField(max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("holder")), name="nobody_deputises_for_themselves"
            ),
            ExclusionConstraint(
                name="one_holder_of_a_seat_at_a_time",
                expressions=[
                    (SeatNumberRange(F("seat_id"), F("seat_id")), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.holder}: {self.seat}"

    def others_through_a_post(self) -> AppointmentQuerySet:
        """The holder's other terms that run on after the last day of this one, and that they have through a post."""
        others = Appointment.objects.filter(holder=self.holder_id, route=self.Route.EX_OFFICIO).exclude(pk=self.pk)
        after = Q(ends_on__isnull=True) | Q(ends_on__gt=self.ends_on or timezone.localdate())
        return others.filter(after).select_related("holder", "seat__board")

    def runs_on(self, day: date) -> bool:
        """Whether the day is in the term; its first and last day are."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

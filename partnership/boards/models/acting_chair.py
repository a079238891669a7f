from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from partnership.boards.models.seat import SeatNumberRange
from partnership.page_cache.triggers import renew_pages


class ActingChairQuerySet(models.QuerySet["ActingChair"]):
    def current(self, on: date):
        """Those who act on the day, first and last day included."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def not_ended(self, on: date):
        return self.filter(ends_on__gte=on)


class ActingChair(models.Model):
    """Who acts for a chair who is away, from one day to another, both included: they publish and preside."""

    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="acting_chairs")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="acts_as_chair")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    named_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField(auto_now_add=True)

    objects = ActingChairQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="acting_chair_ends_after_they_start"),
            ExclusionConstraint(
                name="one_acting_chair_at_a_time",
                expressions=[
                    (SeatNumberRange(F("board_id"), F("board_id")), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("starts_on"), F("ends_on"), Value("[]"),
                            function="DATERANGE", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]  # fmt: skip
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.person}, acting chair of {self.board}"

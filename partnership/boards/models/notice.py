from django.db import models
from django.db.models import Q

from partnership.page_cache.triggers import renew_pages


class NoticePeriod(models.Model):
    """So many days before a term ends, the nominating body is told. Staff keep the periods; usually 90 and 30."""

    days_before = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["-days_before"]
        constraints = [models.CheckConstraint(condition=Q(days_before__gte=1), name="notice_is_a_day_or_more")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.days_before} days"


class SeatNotice(models.Model):
    """A notice sent once to a seat's nominating body: that a term ends in so many days, or that the seat is vacant. Or
    a note that the body has told staff who it nominates: `day` is then the last day of the term before, if there was one.

    The row is kept for longer than the email, so that a long vacancy is not announced again once old emails are deleted.
    """

    class About(models.TextChoices):
        ENDING = "ending", "a term that ends"
        VACANT = "vacant", "a vacancy"
        NOMINATED = "nominated", "a nomination"

    seat = models.ForeignKey("boards.Seat", models.CASCADE, related_name="notices")
    about = models.CharField(max_length=10, choices=About)
    day = models.DateField("last day of the term, or first day without a holder", null=True, blank=True)
    days_before = models.PositiveSmallIntegerField(default=0)
    told = models.PositiveSmallIntegerField("how many people")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "about", "day", "days_before"], nulls_distinct=False, name="seat_notice_given_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.seat}"

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages


class InductionStep(models.Model):
    """What every new holder of a seat does, or of a seat on one board. Staff keep the list."""

    board = models.ForeignKey(
        "boards.Board", models.CASCADE, null=True, blank=True, related_name="induction_steps", verbose_name="only for"
    )
    title = models.CharField(max_length=200)
    words = models.TextField("what to do", blank=True)
    link = models.CharField("where to read more", max_length=300, blank=True)
    days_after = models.PositiveSmallIntegerField("days after the first day in the seat", default=14)
    names_buddy = models.BooleanField("the person writes who their buddy is", default=False)
    position = models.PositiveSmallIntegerField(default=0)
    in_use = models.BooleanField("given to new holders", default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def due_on(self, starts_on: date) -> date:
        """The day by which somebody who takes their seat on `starts_on` should have done it."""
        return starts_on + timedelta(days=self.days_after)


class InductionItemQuerySet(models.QuerySet["InductionItem"]):
    def visible_to(self, user):
        """A person's own; staff see everybody's."""
        if not user.is_authenticated:
            return self.none()
        return self if is_partnership_staff(user) else self.filter(appointment__holder=user)

    def running(self, on: date | None = None):
        """Items of those who hold their seat on the day (today unless given), or will."""
        on = on or timezone.localdate()
        return self.filter(Q(appointment__ends_on__isnull=True) | Q(appointment__ends_on__gte=on))

    def to_do(self, on: date | None = None):
        """What is still to be done by those who hold their seat on the day, or will."""
        return self.running(on).filter(done_at__isnull=True)


class InductionItem(models.Model):
    """One step of one holder's induction, in the words it had when they took the seat."""

    appointment = models.ForeignKey("boards.Appointment", models.CASCADE, related_name="induction")
    step = models.ForeignKey(InductionStep, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    names_buddy = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    buddy = models.CharField(max_length=200, blank=True)

    objects = InductionItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "step"], name="induction_step_once_for_each_appointment"),
            models.CheckConstraint(
                condition=Q(names_buddy=False) | Q(done_at__isnull=True) | ~Q(buddy=""), name="a_buddy_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on < timezone.localdate()


class JargonTermQuerySet(models.QuerySet["JargonTerm"]):
    def public(self):
        return self


class JargonTerm(models.Model):
    """A word of jargon in plain words."""

    term = models.CharField(max_length=120)
    meaning = models.TextField()

    objects = JargonTermQuerySet.as_manager()

    class Meta:
        ordering = [Lower(F("term"))]
        constraints = [models.UniqueConstraint(Lower("term"), name="jargon_term_explained_once")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.term

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from assemblies.meetings.models import Meeting

MOST_DATES = 60


class MeetingSeries(models.Model):
    """Meetings of a board that were made together by a rule, such as every second Wednesday."""

    class Unit(models.TextChoices):
        WEEK = "week", "Weeks"
        MONTH = "month", "Months"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    class Which(models.IntegerChoices):
        FIRST = 1, "1st"
        SECOND = 2, "2nd"
        THIRD = 3, "3rd"
        FOURTH = 4, "4th"
        LAST = -1, "last"

    class BankHolidays(models.TextChoices):
        SKIP = "skip", "Leave them out"
        MOVE = "move", "Move them to the next working day"

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="meeting_series")
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=5, choices=Unit)
    every = models.PositiveSmallIntegerField("how many weeks or months apart")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    which = models.SmallIntegerField("which of the month", choices=Which, null=True, blank=True)
    starts_on = models.DateField("on or after")
    until = models.DateField("last day", null=True, blank=True)
    count = models.PositiveSmallIntegerField("how many dates", null=True, blank=True)
    start_time = models.TimeField()
    end_time = models.TimeField()
    bank_holidays = models.CharField(max_length=4, choices=BankHolidays)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "meeting series"
        constraints = [
            models.CheckConstraint(condition=Q(every__gte=1), name="series_is_some_weeks_or_months_apart"),
            models.CheckConstraint(
                condition=Q(unit="week", which__isnull=True) | Q(unit="month", which__isnull=False),
                name="series_of_months_says_which_day",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, count__isnull=False, count__range=(1, MOST_DATES))
                | Q(until__isnull=False, count__isnull=True),
                name="series_ends_by_day_or_number",
            ),
            models.CheckConstraint(condition=Q(end_time__gt=F("start_time")), name="series_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.rule_in_words}"

    @property
    def rule_in_words(self) -> str:
        """Returns "every Wednesday", "each fortnight on Wednesday", "the last Friday of every 3 months": never "every second
        Wednesday", which says either."""
        weekday = self.Weekday(self.weekday).label
        if self.unit == self.Unit.WEEK:
            often = {1: f"every {weekday}", 2: f"each fortnight on {weekday}"}
            return often.get(self.every, f"every {self.every} weeks on {weekday}")
        assert self.which is not None, "a series of months says which day"
        months = "each month" if self.every == 1 else f"every {self.every} months"
        return f"the {self.Which(self.which).label} {weekday} of {months}"


class SeriesMeetingQuerySet(models.QuerySet["SeriesMeeting"]):
    def to_come(self, now):
        """Those whose meeting has not started and is neither held nor cancelled, the next one first."""
        live = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]
        return self.filter(meeting__state__in=live, meeting__starts_at__gt=now).order_by("meeting__starts_at", "pk")


class SeriesMeeting(models.Model):
    """That a meeting was made in a series, and for which day of its rule; a bank holiday may have moved it."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="made")
    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="in_series")
    meant_on = models.DateField("day by the rule")

    objects = SeriesMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["meant_on"]

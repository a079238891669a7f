from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, Mod

from partnership.accounts.rules import is_partnership_staff

DAY = 24 * 60  # minutes
HERE = Value(settings.TIME_ZONE)


class AtLocalTime(Func):
    """`AtLocalTime(zone, moment)`: a moment as the clock on the wall there shows it, and back (PostgreSQL's AT TIME ZONE)."""

    function = "TIMEZONE"
    output_field = DateTimeField()


def _away(anchor, distance):
    """So many minutes away from the anchor; whole days by the clock on the wall, so that it is the same time of day."""
    on_the_wall = ExpressionWrapper(AtLocalTime(HERE, anchor) + distance, output_field=DateTimeField())
    elapsed = ExpressionWrapper(anchor + distance, output_field=DateTimeField())
    return Case(When(whole_days=0, then=AtLocalTime(HERE, on_the_wall)), default=elapsed, output_field=DateTimeField())


class ReminderRuleQuerySet(models.QuerySet["ReminderRule"]):
    def visible_to(self, user):
        """Staff write reminders."""
        return self if is_partnership_staff(user) else self.none()

    def with_due_at(self):
        """With `due_at`: when each falls due, given its meeting as it stands now. Days are days by the clock on the wall."""
        after = ExpressionWrapper(F("minutes") * Value(timedelta(minutes=1)), output_field=DurationField())
        before = ExpressionWrapper(F("minutes") * Value(timedelta(minutes=-1)), output_field=DurationField())
        closing = Least(Coalesce("meeting__registration_closes_at", "meeting__starts_at"), F("meeting__starts_at"))
        return self.alias(whole_days=Mod("minutes", DAY)).annotate(
            due_at=Case(
                When(anchor="start", then=_away(F("meeting__starts_at"), before)),
                When(anchor="closing", then=_away(closing, before)),
                When(anchor="end", then=_away(F("meeting__ends_at"), after)),
                output_field=DateTimeField(),
            )
        )

    def due(self, now: datetime):
        """Active rules whose time has come, of meetings that still need them, and that nobody has carried out yet."""
        done = ReminderRun.objects.filter(rule=OuterRef("pk"), due_at=OuterRef("due_at"))
        needed = Q(meeting__state="published") | Q(anchor="end", meeting__state__in=["held", "closed"])
        return (
            self.with_due_at()
            .filter(needed, ~Exists(done), active=True, due_at__lte=now)
            .select_related("meeting")
            .order_by("due_at", "pk")
        )


class ReminderRule(models.Model):
    """A rule for reminding people of a meeting. Each minute the sweep asks what is due now, as the meeting stands now."""

    due_at: datetime  # as with_due_at gives it

    class Anchor(models.TextChoices):
        START = "start", "before it starts"
        CLOSING = "closing", "before registration closes"
        END = "end", "after it ends"

    class Audience(models.TextChoices):
        COMING = "coming", "People with a place"
        UNANSWERED = "unanswered", "People invited who have not answered"
        ATTENDED = "attended", "People who came"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="reminder_rules")
    anchor = models.CharField(max_length=8, choices=Anchor)
    minutes = models.PositiveIntegerField("minutes before or after")
    audience = models.CharField(max_length=10, choices=Audience)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "anchor", "-minutes"]
        constraints = [
            models.CheckConstraint(
                condition=Q(anchor="start", audience="coming")
                | Q(anchor="closing", audience="unanswered")
                | Q(anchor="end", audience__in=["attended", "coming"])
                | Q(anchor="start", audience="unanswered"),
                name="reminder_audience_fits_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.meeting}"

    @property
    def title(self) -> str:
        """When it goes out, in words: "7 days before it starts"."""
        for size, unit in ((DAY, "day"), (60, "hour"), (1, "minute")):
            if self.minutes % size == 0:
                number = self.minutes // size
                return f"{number} {unit}{'' if number == 1 else 's'} {self.get_anchor_display()}"
        raise AssertionError  # every number of minutes can be said in minutes


class ReminderRun(models.Model):
    """A rule carried out for one moment it fell due: written down so that a missed one is caught up and none is sent
    twice."""

    rule = models.ForeignKey(ReminderRule, models.CASCADE, related_name="runs")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(auto_now_add=True)
    sent = models.PositiveIntegerField("messages queued")
    skipped = models.CharField("why nothing was sent", max_length=200, blank=True)

    class Meta:
        ordering = ["-due_at"]
        constraints = [models.UniqueConstraint(fields=["rule", "due_at"], name="rule_runs_once_for_each_due_time")]

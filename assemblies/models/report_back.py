"""What a representative brings back from a meeting, and what members' input changed there."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assemblies.models.call import occasion, seats_of
from assemblies.models.meeting import Meeting


class ReportBackQuerySet(models.QuerySet["ReportBack"]):
    def public(self):
        """Reports their writers opened to everybody, on meetings everybody may know of."""
        return self.filter(public=True, meeting__in=Meeting.objects.public().values("pk"))

    def brought_to(self, user):
        """Reports to an organisation the person belongs to."""
        mine = user.memberships.accepted().values("partner")
        told = ReportBack.told.through.objects.filter(partner__in=mine)
        return self.filter(pk__in=told.values("reportback"))

    def visible_to(self, user):
        """What is public; for members what was brought back to them; for holders their seat's own; for staff all."""
        if not user.is_authenticated:
            return self.public()
        if user.is_staff:
            return self
        rows = self.model.objects
        own = rows.filter(seat__in=seats_of(user).values("pk"))
        return self.filter(
            Q(pk__in=rows.public().values("pk"))
            | Q(pk__in=rows.brought_to(user).values("pk"))
            | Q(pk__in=own.values("pk"))
        )


class ReportBack(models.Model):
    """What the holder of a seat tells those the seat speaks for, after a meeting. Written once; never edited."""

    meeting = models.ForeignKey("assemblies.Meeting", models.CASCADE, related_name="reports_back")
    seat = models.ForeignKey("boards.Seat", models.PROTECT, related_name="reports_back")
    text = models.TextField()
    public = models.BooleanField("shown to everybody", default=False)
    told = models.ManyToManyField("partners.Partner", related_name="reports_back")
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReportBackQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="one_report_back_of_a_seat")]

    def __str__(self) -> str:
        return f"Report back of {self.seat}"

    def get_absolute_url(self) -> str:
        return f"/reports-back/{self.pk}/"

    @property
    def occasion(self) -> str:
        """The meeting in words; one by invitation is named by its board alone."""
        return occasion(self.meeting)


def report_due_on(meeting: Meeting) -> date:
    """The last day on which a report back is in time: so many days after the meeting, a setting of the portal."""
    return timezone.localdate(meeting.ends_at + timedelta(days=settings.REPORT_BACK_DAYS))


class ReportLine(models.Model):
    """What became of one item or question, as the representative saw it."""

    report = models.ForeignKey(ReportBack, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey("assemblies.AgendaItem", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    outcome = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="report_line_position_once")]


class InputMark(models.Model):
    """That members' input changed an agenda item, and how. Never removed: a mark taken back says when and why."""

    item = models.ForeignKey("assemblies.AgendaItem", models.PROTECT, related_name="input_marks")
    seat = models.ForeignKey("boards.Seat", models.PROTECT, null=True, blank=True, related_name="input_marks")
    how = models.TextField()
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="mark_taken_back_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"Changed by members’ input: {self.item.title}"

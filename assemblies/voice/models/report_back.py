"""What a representative brings back from a meeting, and what members' input changed there."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models.meeting import Meeting
from assemblies.voice.models.call import occasion, seats_of
from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages


class ReportBackQuerySet(models.QuerySet["ReportBack"]):
    def public(self):
        """Reports their writers opened to everybody, on meetings everybody may know of."""
        return self.filter(public=True, meeting__in=Meeting.objects.public().values("pk"))

    def brought_to(self, user):
        """Reports to an organisation the person belongs to."""
        return self.brought_to_any(user.memberships.accepted().values("partner"))

    def brought_to_any(self, partners):
        """Reports to any of these organisations."""
        told = ReportBack.told.through.objects.filter(partner__in=partners)
        return self.filter(pk__in=told.values("reportback"))

    def with_correction(self):
        """Each with `corrected_at`: when it was last corrected, or None."""
        corrections = ReportCorrection.objects.filter(report=OuterRef("pk")).order_by("-made_at")
        return self.annotate(corrected_at=Subquery(corrections.values("made_at")[:1]))

    def visible_to(self, user):
        """What is public; for members what was brought back to them; for holders their seat's own; for staff all."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        rows = self.model.objects
        own = rows.filter(seat__in=seats_of(user).values("pk"))
        return self.filter(
            Q(pk__in=rows.public().values("pk"))
            | Q(pk__in=rows.brought_to(user).values("pk"))
            | Q(pk__in=own.values("pk"))
        )


class ReportBack(models.Model):
    """What the holder of a seat tells those the seat speaks for, after a meeting. Never edited: what was wrong in it is
    corrected by a row that points at it, and both stay to be read."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="reports_back")
    seat = models.ForeignKey("boards.Seat", models.PROTECT, related_name="reports_back")
    text = models.TextField()
    public = models.BooleanField("shown to everyone", default=False)
    told = models.ManyToManyField("partners.Partner", related_name="reports_back")
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReportBackQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="one_report_back_of_a_seat")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Report back of {self.seat}"

    def get_absolute_url(self) -> str:
        return reverse("report_back", args=[self.pk])

    @property
    def occasion(self) -> str:
        """The meeting in words; one by invitation is named by its board alone."""
        return occasion(self.meeting, self.seat)


def report_due_on(ends_at: datetime) -> date:
    """The last day on which a report back is in time: so many days after the meeting, a setting of the portal."""
    return timezone.localdate(ends_at) + timedelta(days=settings.REPORT_BACK_DAYS)


class ReportCorrection(models.Model):
    """The report in other words, whole, with what changed. The newest is what stands."""

    report = models.ForeignKey(ReportBack, models.CASCADE, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    note = models.TextField("what changed")
    text = models.TextField()
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_correction_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(note=""), name="correction_says_what_changed"),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Correction {self.number} of report {self.report_id}"


class ReportLine(models.Model):
    """The outcome of one item or question, as the representative saw it; of the report as sent, or of a correction."""

    report = models.ForeignKey(ReportBack, models.CASCADE, related_name="lines")
    correction = models.ForeignKey(ReportCorrection, models.CASCADE, null=True, blank=True, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    outcome = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"], condition=Q(correction=None), name="report_line_position_once"
            ),
            models.UniqueConstraint(fields=["correction", "position"], name="correction_line_position_once"),
        ]
        triggers = renew_pages()

    @property
    def public_title(self) -> str:
        """Its title; once its item is closed to the public, the title that can be public."""
        return self.item.public_title if self.item and self.item.closed_by else self.title

    @property
    def public_outcome(self) -> str:
        """The outcome, unless its item is closed to the public."""
        return "This item is closed to the public." if self.item and self.item.closed_by else self.outcome


class Version(NamedTuple):
    """The report as it was read from one moment on: number 0 as it was sent, then each correction with its note."""

    number: int
    text: str
    lines: list[ReportLine]
    made_by: object
    made_at: datetime
    note: str


def versions_of(report: ReportBack) -> list[Version]:
    """Every version of the report, the one that stands last. Two queries, however often it was corrected."""
    lines: dict[int | None, list[ReportLine]] = {}
    for line in report.lines.select_related("item__closure"):
        lines.setdefault(line.correction_id, []).append(line)
    first = Version(0, report.text, lines.get(None, []), report.made_by, report.made_at, "")
    return [first] + [
        Version(each.number, each.text, lines.get(each.pk, []), each.made_by, each.made_at, each.note)
        for each in report.corrections.select_related("made_by")
    ]


class InputMark(models.Model):
    """A mark that members' input changed an agenda item, and how. Never removed: one taken back says when and why."""

    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, related_name="input_marks")
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
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Changed by members’ input: {self.item.title}"

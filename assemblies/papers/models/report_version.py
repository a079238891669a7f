import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assemblies.closures.models import Closure, is_closed
from assemblies.meetings.models.meeting import Meeting
from assemblies.papers.report_text import ReportText, from_data
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages

REFUSE = "RAISE EXCEPTION 'what was signed or published is only ever added to' USING ERRCODE = 'restrict_violation';"
# One change is let through: a version that nobody has published is published, once.
PUBLISHED_ONCE = """
    IF TG_OP = 'UPDATE' AND OLD.published_at IS NULL THEN
        unpublished := NEW;
        unpublished.published_at := NULL;
        unpublished.published_by_id := NULL;
        unpublished.meeting_id := NULL;
        unpublished.item_number := NULL;
        IF unpublished IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


def append_only() -> list[pgtrigger.Trigger]:
    """Returns the trigger by which the database refuses to change or delete a fact of record."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=REFUSE,
        )
    ]


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def published(self):
        return self.filter(published_at__isnull=False)

    def closed(self):
        """Versions that are closed to the public: submitted so, or their item was closed later, for the same meeting."""
        now_on = Q(meeting__isnull=True) | Q(meeting=F("report__item__meeting"))
        later = Q(closure__isnull=True) & now_on & is_closed("report__item__closure")
        return self.filter(is_closed() | later)

    def public(self):
        """Versions published for a meeting that anyone may see, and not closed."""
        closed = ReportVersion.objects.closed().values("pk")
        return self.published().filter(meeting__in=Meeting.objects.public().values("pk")).exclude(pk__in=closed)

    def readable_by(self, user):
        """Versions published for a meeting that the person may see, or for a board on which they sit or deputise; closed ones
        for staff, and for those who sit on a board of the meeting. Those who work on a report read it anyway."""
        if not user.is_authenticated:
            return self.public()
        meetings = Meeting.objects.visible_to(user).published()
        boards = Board.objects.held_by(user, or_deputises=True)
        theirs = Q(meeting__in=meetings.values("pk")) | Q(report__item__board__in=boards.values("pk"))
        found = self.published().filter(theirs)
        if is_partnership_staff(user):
            return found
        sits_on = boards_sat_on(user)
        told = Q(meeting__in=Meeting.objects.of_boards(sits_on).values("pk")) | Q(report__item__board__in=sits_on)
        return found.filter(told | ~Q(pk__in=ReportVersion.objects.closed().values("pk")))


class ReportVersion(models.Model):
    """One version of a report, frozen when it was submitted: its words, their fingerprint, and what changed in it.

    A trigger in the database refuses to change or delete it. `content` holds the text, the appendices it named, the blocks of
    other apps as they stood, and the board and meeting it was written for.
    """

    report = models.ForeignKey("papers.Report", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField("what it says")
    sha256 = models.CharField(max_length=64)
    what_changed = models.TextField(blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="report_versions",
        verbose_name="why it was closed to the public when it was submitted",
    )  # fmt: skip
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="reports",
        verbose_name="meeting it was published for",
    )  # fmt: skip
    item_number = models.PositiveSmallIntegerField("item on the agenda then", null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(what_changed=""), name="later_report_version_says_what_changed"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True, meeting__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False, meeting__isnull=False),
                name="published_report_has_time_chair_and_meeting",
            ),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("unpublished", "papers_reportversion")],
                func=PUBLISHED_ONCE + REFUSE,
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.text.title}"

    def get_absolute_url(self) -> str:
        return reverse("report_version", args=[self.report_id, self.number])

    @property
    def closed_by(self) -> Closure | None:
        """What closes it to the public now: see `ReportVersionQuerySet.closed`."""
        item = self.report.item
        closure = self.closure or (item.closure if self.meeting_id in (None, item.meeting_id) else None)
        return closure if closure and closure.in_force else None

    @property
    def text(self) -> ReportText:
        return from_data(self.content["text"])


class Recommendation(models.Model):
    """One numbered recommendation of a version. Each gets a decision of its own."""

    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="recommendation_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_is_not_empty"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

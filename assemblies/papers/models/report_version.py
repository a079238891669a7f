from django.db import models
from django.db.models import Q
from django.urls import reverse

from assemblies.closures.models import Closure, is_closed
from assemblies.forward_plan.withholding import plans_withheld_from
from assemblies.meetings.models.meeting import Meeting
from assemblies.papers.models.on_record import append_only
from assemblies.papers.models.withdrawal import Withdrawal, keeps_out
from assemblies.papers.report_text import ReportText, from_data
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages

# Let through: a version that nobody has published is published, once; one that is open is closed to the public; the words of one
# that was withdrawn are erased, once two people said so.
PUBLISHED_ONCE = """
    IF TG_OP = 'UPDATE' THEN
        before := NEW;
        IF OLD.published_at IS NULL THEN
            before.published_at := NULL;
            before.published_by_id := NULL;
            before.meeting_id := NULL;
            before.item_number := NULL;
        END IF;
        IF OLD.closure_id IS NULL THEN
            before.closure_id := NULL;
        END IF;
        IF before IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""
ERASED_ONCE = """
    IF TG_OP = 'UPDATE' AND NOT OLD.content ? 'erased' AND NEW.content ? 'erased' THEN
        before := NEW;
        before.content := OLD.content;
        before.what_changed := OLD.what_changed;
        IF before IS NOT DISTINCT FROM OLD AND EXISTS (
            SELECT 1 FROM papers_erasure e JOIN papers_withdrawal w ON w.id = e.withdrawal_id
            WHERE e.state = 'done' AND w.report_id = OLD.report_id AND w.up_to >= OLD.number
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
"""
RECOMMENDATION_ERASED = """
    IF TG_OP = 'UPDATE' THEN
        unchanged := NEW;
        unchanged.text := OLD.text;
        IF unchanged IS NOT DISTINCT FROM OLD AND EXISTS (
            SELECT 1 FROM papers_reportversion v
            JOIN papers_withdrawal w ON w.report_id = v.report_id AND w.up_to >= v.number
            JOIN papers_erasure e ON e.withdrawal_id = w.id AND e.state = 'done'
            WHERE v.id = OLD.version_id
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
"""


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def published(self):
        return self.filter(published_at__isnull=False)

    def closed(self):
        """Versions that are closed to the public; of those that are not published, those whose item is, too."""
        waiting = Q(closure__isnull=True, published_at__isnull=True) & is_closed("report__item__closure")
        return self.filter(is_closed() | waiting)

    def withdrawn(self):
        """Versions that are out of view: of these people read the title, since when and why."""
        return self.filter(keeps_out())

    def not_withdrawn(self):
        return self.filter(~keeps_out())

    def out(self):
        """Versions published for a meeting that anyone may see, and not closed. Withdrawn ones are among them."""
        closed = ReportVersion.objects.closed().values("pk")
        return self.published().filter(meeting__in=Meeting.objects.public().values("pk")).exclude(pk__in=closed)

    def public(self):
        """Those of them that anybody may read."""
        return self.out().not_withdrawn()

    def readable_by(self, user):
        """Versions of which the person may know, without those that were withdrawn."""
        return self.known_to(user).not_withdrawn()

    def known_to(self, user):
        """Versions published for a meeting that the person may see, or for a board on which they sit or deputise; closed ones
        for staff, and for those who sit on a board of the meeting, but what is withheld from them. Those who work on a report
        read it anyway."""
        if not user.is_authenticated:
            return self.out()
        meetings = Meeting.objects.visible_to(user).published()
        boards = Board.objects.held_by(user, or_deputises=True)
        theirs = Q(meeting__in=meetings.values("pk")) | Q(report__item__board__in=boards.values("pk"))
        found = self.published().filter(theirs)
        if is_partnership_staff(user):
            return found
        sits_on = boards_sat_on(user)
        told = Q(meeting__in=Meeting.objects.of_boards(sits_on).values("pk")) | Q(report__item__board__in=sits_on)
        told &= ~Q(report__item__in=plans_withheld_from(user))
        return found.filter(told | ~Q(pk__in=ReportVersion.objects.closed().values("pk")))


class ReportVersion(models.Model):
    """One version of a report, frozen when it was submitted: its words, their fingerprint, and what changed in it.

    A trigger in the database refuses to delete it, and every change but that it is published, closed or erased, once. `content`
    holds the text, the appendices it named, the blocks of other apps as they stood, and the board and meeting it was written for.
    """

    report = models.ForeignKey("papers.Report", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField("what it says")
    sha256 = models.CharField(max_length=64)
    what_changed = models.TextField(blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="report_versions",
        verbose_name="why it is closed to the public, since it was submitted or later",
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
            *append_only(PUBLISHED_ONCE + ERASED_ONCE, [("before", "papers_reportversion")]),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.text.title}"

    def get_absolute_url(self) -> str:
        return reverse("report_version", args=[self.report_id, self.number])

    @property
    def closed_by(self) -> Closure | None:
        """What closes it to the public now: see `ReportVersionQuerySet.closed`."""
        closure = self.closure or (None if self.published_at else self.report.item.closure)
        return closure if closure and closure.in_force else None

    @property
    def text(self) -> ReportText:
        return from_data(self.content["text"])

    @property
    def withdrawal(self) -> Withdrawal | None:
        """What keeps it out of view; None where it can be read."""
        return Withdrawal.objects.in_force().filter(report=self.report_id, up_to__gte=self.number).first()


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
        triggers = append_only(RECOMMENDATION_ERASED, [("unchanged", "papers_recommendation")])

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

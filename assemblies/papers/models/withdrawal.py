from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from assemblies.meetings.models.meeting import Meeting
from assemblies.papers.models.decided_by_two import DecidedByTwo, DecidedByTwoQuerySet, decided_by_two, decided_once
from assemblies.papers.models.on_record import append_only
from partnership import dates
from partnership.boards.models import Board
from partnership.page_cache.triggers import renew_pages

ASKED_ONCE = """
    IF TG_OP = 'UPDATE' AND OLD.state = 'asked' THEN
        undecided := NEW;
        undecided.state := OLD.state;
        undecided.decided_by_id := NULL;
        undecided.decided_at := NULL;
        IF undecided IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


class WithdrawalQuerySet(DecidedByTwoQuerySet["Withdrawal"]):
    def visible_to(self, user):
        """Those of meetings for which the person has something to do: staff, and chairs of their boards."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user).values("pk"))


class Withdrawal(DecidedByTwo):
    """That a paper of a meeting which was published in error was taken out of view: a report with its appendices, or one file.

    `title` and `because` are what people read in its place from then on. Of a report all versions go up to the number `up_to`.
    """

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="withdrawals")
    report = models.ForeignKey("papers.Report", models.PROTECT, null=True, blank=True, related_name="withdrawals")
    up_to = models.PositiveIntegerField("the newest version of the report that goes", null=True, blank=True)
    document = models.ForeignKey("papers.Document", models.PROTECT, null=True, blank=True, related_name="withdrawals")
    title = models.CharField("what people know it as", max_length=200)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, up_to__isnull=False, document__isnull=True)
                | Q(report__isnull=True, up_to__isnull=True, document__isnull=False),
                name="withdrawal_is_of_one_paper",
            ),
            *decided_by_two("withdrawal"),
            models.UniqueConstraint(
                fields=["report", "up_to"], condition=Q(state__in=["held", "withdrawn"]), name="report_withdrawn_once"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=["held", "withdrawn"]), name="file_withdrawn_once"
            ),
        ]
        triggers = [*renew_pages(), *decided_once("papers_withdrawal")]

    def __str__(self) -> str:
        return self.public_title

    def get_absolute_url(self) -> str:
        """Where the chair and staff see who asked, who decided, and who had opened it."""
        return reverse("withdrawal", args=[self.pk])

    @property
    def paper(self):
        """The report or the file."""
        return self.report or self.document

    @property
    def public_title(self) -> str:
        """What anybody may read: of what has been closed to the public since, the title that is safe."""
        document, report = self.document, self.report
        if report is None:
            return document.public_title if document and document.is_closed else self.title
        closed = report.versions.filter(number__lte=self.up_to, closure__isnull=False).select_related("closure")
        item = report.item.closure
        closure = item if item and item.in_force else next((each.closure for each in closed if each.closed_by), None)
        return closure.title_for_public(self.title) if closure else self.title

    @property
    def board(self) -> Board:
        return self.meeting.board

    @property
    def meeting_in_words(self) -> str:
        return f"{self.meeting.title}, {dates.day(self.meeting.starts_at)}"

    @property
    def is_erased(self) -> bool:
        """Whether the portal no longer has the file or the words."""
        return any(each.state == Erasure.State.DONE for each in self.erasures.all())


class WithdrawnFile(models.Model):
    """A file that went out of view with a paper: the paper itself, an appendix of the report, the same file under another
    title. A fact of record."""

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="files")
    document = models.ForeignKey("papers.Document", models.PROTECT, related_name="withdrawn_with")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["withdrawal", "document"], name="file_goes_once_with_a_withdrawal")
        ]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"{self.document} with {self.withdrawal}"


class ReplacedPack(models.Model):
    """That an edition of a pack is no longer given out: a paper in it was taken out of view, or one is back that it lacks.
    A fact of record."""

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="replaced_packs")
    pack = models.ForeignKey("papers.MeetingPack", models.PROTECT, related_name="replaced")
    edition = models.PositiveSmallIntegerField("the one that is no longer given out")
    is_back = models.BooleanField("because the paper is back in view", default=False)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["edition"]
        constraints = [models.UniqueConstraint(fields=["pack", "edition"], name="edition_of_pack_is_replaced_once")]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"{self.pack}, edition {self.edition}"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def to_confirm_by(self, user):
        """Those that wait for somebody, and that this person did not ask for themselves."""
        return self.filter(state="asked").exclude(asked_by=user)


class Erasure(models.Model):
    """That the files and words of a withdrawn paper were erased, or that somebody asked for it: always two people.

    A trigger in the database lets nobody change it once it is decided.
    """

    class State(models.TextChoices):
        ASKED = "asked", "waiting for a second person"
        DONE = "done", "erased"
        REFUSED = "refused", "not erased"

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="erasures")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["withdrawal"], condition=Q(state__in=["asked", "done"]), name="paper_erased_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decided_erasure_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(decided_by=F("asked_by")), name="nobody_confirms_their_own_erasure"
            ),
        ]
        triggers = [*renew_pages(), *append_only(ASKED_ONCE, [("undecided", "papers_erasure")])]

    def __str__(self) -> str:
        return f"Erasure of {self.withdrawal}"


def keeps_out() -> Exists:
    """The condition that a version of a report is out of view."""
    return Exists(Withdrawal.objects.in_force().filter(report=OuterRef("report"), up_to__gte=OuterRef("number")))

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from assemblies.meetings.models.meeting import Meeting
from assemblies.papers.models.on_record import append_only
from partnership.page_cache.triggers import renew_pages

# One change is let through: what was asked is decided, and what was withdrawn on two people's word is final then.
DECIDED_ONCE = """
    IF TG_OP = 'UPDATE' AND OLD.state = 'held' THEN
        undecided := NEW;
        undecided.state := OLD.state;
        undecided.decided_by_id := NULL;
        undecided.decided_at := NULL;
        undecided.back_because := '';
        IF undecided IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""
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


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def in_force(self):
        """Those that keep a paper out of view now: for good, or until somebody decides."""
        return self.filter(state__in=["held", "withdrawn"])

    def held(self):
        """Those that wait for a second person."""
        return self.filter(state="held")

    def visible_to(self, user):
        """Those of meetings for which the person has something to do: staff, and chairs of their boards."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user).values("pk"))

    def to_confirm_by(self, user):
        """Those that wait for somebody, and that this person did not ask for themselves."""
        return self.held().exclude(asked_by=user)


class Withdrawal(models.Model):
    """That a paper which was published in error was taken out of view: a report with its appendices, or one file.

    The chair's word is enough, or that of whoever acts for them. Of staff it takes two: with the first it is held out of
    view, with the second withdrawn, or it is back. A trigger in the database lets nobody change it otherwise. `title` and
    `because` are what people read in its place from then on. Of a report all versions go up to the number `up_to`.
    """

    class State(models.TextChoices):
        HELD = "held", "out of view until a second person decides"
        WITHDRAWN = "withdrawn", "withdrawn"
        BACK = "back", "back in view"

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="withdrawals")
    report = models.ForeignKey("papers.Report", models.PROTECT, null=True, blank=True, related_name="withdrawals")
    up_to = models.PositiveIntegerField("the newest version of the report that goes", null=True, blank=True)
    document = models.ForeignKey("papers.Document", models.PROTECT, null=True, blank=True, related_name="withdrawals")
    title = models.CharField("what people know it as", max_length=200)
    because = models.TextField("why, as people read it")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("out of view since")
    by_chair = models.BooleanField("by the chair, or who acted for them", default=False)
    acted_for_chair = models.BooleanField("by who acted for the chair", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    back_because = models.TextField("why it is back in view", blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, up_to__isnull=False, document__isnull=True)
                | Q(report__isnull=True, up_to__isnull=True, document__isnull=False),
                name="withdrawal_is_of_one_paper",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="withdrawal_says_why"),
            models.CheckConstraint(
                condition=Q(state="held", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="held") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decided_withdrawal_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(by_chair=True) | ~Q(decided_by=F("asked_by")),
                name="nobody_confirms_their_own_withdrawal",
            ),
            models.CheckConstraint(
                condition=~Q(by_chair=True) | Q(state="withdrawn"), name="withdrawal_by_the_chair_is_final"
            ),
            models.UniqueConstraint(
                fields=["report", "up_to"], condition=Q(state__in=["held", "withdrawn"]), name="report_withdrawn_once"
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=["held", "withdrawn"]), name="file_withdrawn_once"
            ),
        ]
        triggers = [*renew_pages(), *append_only(DECIDED_ONCE, [("undecided", "papers_withdrawal")])]

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
        paper = self.document or (self.report.item if self.report else None)
        closure = paper.closure if paper else None
        return closure.title_for_public(self.title) if closure and closure.in_force else self.title

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_final(self) -> bool:
        return self.state == self.State.WITHDRAWN

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

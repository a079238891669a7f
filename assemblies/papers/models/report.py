from dataclasses import replace

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from assemblies.closures.models import MayBeClosed
from assemblies.forward_plan.withholding import plans_withheld_from
from assemblies.papers.models.pdf_check import WAITING, CheckedFile
from assemblies.papers.models.report_step import ReportStep
from assemblies.papers.models.report_version import ReportVersion
from assemblies.papers.report_text import Appendix, ReportText, from_data
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.page_cache.triggers import renew_pages


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self):
        """Reports of which a version is published, for a meeting that anyone may see, and not withdrawn."""
        return self.filter(Exists(ReportVersion.objects.public().filter(report=OuterRef("pk"))))

    def out(self):
        """Those, and withdrawn ones: of these people read why."""
        return self.filter(Exists(ReportVersion.objects.out().filter(report=OuterRef("pk"))))

    def of_person(self, user):
        """Reports the person works on: their author, who leads the item, who holds a step that was not stopped, the board's
        chair, the chair who publishes the agenda that it is for, staff; none that is withheld from them."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        steps = ReportStep.objects.filter(version__report=OuterRef("pk"), holder=user).exclude(state="stopped")
        chaired = Board.objects.chaired_by(user).values("pk")
        publishes = Q(item__meeting__board__in=chaired)
        theirs = Q(author=user) | Q(item__lead=user) | Exists(steps) | Q(item__board__in=chaired) | publishes
        return self.filter(theirs, ~Q(item__in=plans_withheld_from(user)))

    def visible_to(self, user):
        """What a person may know of: what they work on, and what is published for a meeting they may see or for their boards.
        Of what was withdrawn they read why."""
        if not user.is_authenticated:
            return self.out()
        if is_partnership_staff(user):
            return self
        read = ReportVersion.objects.known_to(user).filter(report=OuterRef("pk"))
        return self.filter(Q(pk__in=self.model.objects.of_person(user).values("pk")) | Exists(read))

    def signed_off(self):
        """Reports that come out with the next agenda: their newest version is signed off, and was not withdrawn."""
        withdrawn = ReportVersion.objects.withdrawn().values("pk")
        newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number").values("pk")[:1]
        return self.filter(state="signed").alias(newest=newest).exclude(newest__in=withdrawn)

    def editable_by(self, user):
        """Reports the person writes: as their author, as who leads the item, or as staff."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        return self.filter(Q(author=user) | Q(item__lead=user), ~Q(item__in=plans_withheld_from(user)))

    def locked(self):
        """Locks the reports' rows until the transaction ends: whoever writes, signs or publishes waits here."""
        return self.select_for_update(no_key=True, of=("self",)).select_related(
            "item__board", "item__meeting", "item__topic", "item__lead", "item__closure", "author"
        )


class Report(models.Model):
    """The cover report of an item planned for a board: its text as it is being written, and where it stands."""

    class State(models.TextChoices):
        DRAFT = "draft", "being written"
        SUBMITTED = "submitted", "being signed off"
        RETURNED = "returned", "returned to its author"
        SIGNED = "signed", "signed off"
        PUBLISHED = "published", "published"

    OPEN = (State.DRAFT, State.RETURNED)  # its text may be written

    item = models.OneToOneField("forward_plan.PlannedItem", models.PROTECT, related_name="report")
    author = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    text = models.JSONField("what it says, as it is being written", default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField("times edited", default=0)
    started_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where people read it, once it is published; those who work on it read its newest version there."""
        return reverse("report", args=[self.pk])

    @property
    def board(self) -> Board:
        return self.item.board

    @property
    def public_title(self) -> str:
        """Its title as emails may say it: not that of a closed item."""
        closure = self.item.closed_by
        return closure.title_for_public(self.title) if closure else self.title

    @property
    def steps(self) -> "models.QuerySet[ReportStep]":
        """The steps of all its versions."""
        return ReportStep.objects.filter(version__report=self)

    def read_appendices(self) -> None:
        """Reads its appendices once for all that asks for them, those that were removed too, why they are closed, and their
        checks: one query, and two more where any is closed."""
        rows = ReportAppendix.objects.with_closures().select_related("closure", "pdf_check")
        models.prefetch_related_objects([self], Prefetch("appendices", rows))

    @property
    def appendices_in_use(self) -> "list[ReportAppendix]":
        """Those that it has now, in their order: one query, none after `read_appendices`."""
        return [each for each in self.appendices.all() if each.removed_at is None]

    @property
    def working_text(self) -> ReportText:
        """What it says, with the appendices that it has now."""
        names = tuple(Appendix(each.title) for each in self.appendices_in_use)
        return replace(from_data(self.text), title=self.title, appendices=names)

    @property
    def is_open(self) -> bool:
        """Whether its text may be written."""
        return self.state in self.OPEN


class ReportAppendixQuerySet(models.QuerySet["ReportAppendix"]):
    def in_use(self):
        """Appendices that were not removed, in their order."""
        return self.filter(removed_at__isnull=True)

    def with_closures(self):
        """Each with why it is closed, two queries more where any is."""
        return self.select_related("closure").prefetch_related("closure__grounds__board")

    def being_checked(self):
        """PDFs that nobody may open yet: a report is not submitted with one."""
        return self.in_use().filter(pdf_check__state=WAITING)


class ReportAppendix(MayBeClosed, CheckedFile, models.Model):
    """A file beside a report. Nobody but those who work on the report opens it until it is published; then it is one of the
    meeting's documents. One that was removed is kept: a version may name it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="appendices")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="appendices/", max_length=120)
    content_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(
        "papers.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="as it was published"
    )
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="appendices",
        verbose_name="why it is closed to the public, where the report is not",
    )  # fmt: skip
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ReportAppendixQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="appendix_is_not_empty")]

    def __str__(self) -> str:
        return self.title

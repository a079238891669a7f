from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.past_papers.file_names.kinds import Kind
from partnership.accounts.rules import is_partnership_staff
from partnership.files.models import Preview, confirmed_has_time

CAN_BE_UNDONE_FOR = timedelta(days=7)
WAITS_FOR = timedelta(days=1)  # how long after somebody last worked on it an import that nobody confirmed is deleted


class PaperImportQuerySet(models.QuerySet["PaperImport"]):
    def visible_to(self, user):
        """Staff alone import old papers."""
        return self if is_partnership_staff(user) else self.none()

    def unfinished(self):
        """Imports of which a worker has still to read something, the oldest with its `started_at`."""
        return self.filter(state=PaperImport.State.PREVIEW, read_at__isnull=True).alias(started_at=F("uploaded_at"))

    def to_check(self):
        """Imports that wait for somebody to look at what was read, and to confirm it."""
        return self.filter(state=PaperImport.State.PREVIEW, read_at__isnull=False)


class PaperImport(Preview):
    """Old papers of one board that came together: read by a worker, looked at, then confirmed. If a worker is killed, another
    continues: what is read is a row."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="paper_imports")
    key = models.UUIDField("guards against a double click", unique=True)
    members_only = models.BooleanField("for members of the board alone", default=True)
    revision = models.PositiveIntegerField("times changed", default=0)
    touched_at = models.DateTimeField("when somebody last worked on it", default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = PaperImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            confirmed_has_time("confirmed_paper_import_has_time"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(state="confirmed"), name="only_a_confirmed_import_is_undone"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("paper_import", args=[self.board.slug, self.pk])

    @property
    def is_being_read(self) -> bool:
        return self.state == self.State.PREVIEW and self.read_at is None

    @property
    def expires_at(self) -> datetime:
        """When it is deleted unless somebody confirms it or goes on with it."""
        return self.touched_at + WAITS_FOR

    @property
    def can_be_undone_until(self) -> datetime | None:
        """Until when all of it can be taken back at once; None where it is not imported, or undone already."""
        if self.confirmed_at is None or self.undone_at:
            return None
        return self.confirmed_at + CAN_BE_UNDONE_FOR

    @property
    def can_be_undone(self) -> bool:
        until = self.can_be_undone_until
        return until is not None and timezone.now() < until

    def forget_zips(self) -> None:
        """Deletes the zips: all of them is read, or nobody wants them."""
        forget_files(self.zips.exclude(file=""))
        self.zips.all().delete()

    def forget_file(self) -> None:
        """Deletes the zips, and the files that no paper has become."""
        self.forget_zips()
        forget_files(self.rows.exclude(file=""))


def forget_files(rows: models.QuerySet) -> None:
    """Takes the files from rows, and from the disk when that is committed; should that fail, the clock finds them."""
    names = list(rows.values_list("file", flat=True))
    storage = rows.model._meta.get_field("file").storage  # type: ignore[union-attr]  # noqa: SLF001 - Django documents Model._meta
    rows.update(file="")

    def delete() -> None:
        for name in names:
            storage.delete(name)

    transaction.on_commit(delete, robust=True)


class ImportZip(models.Model):
    """A zip somebody sent in, kept until all of it is read."""

    batch = models.ForeignKey(PaperImport, models.CASCADE, related_name="zips")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="past-zips/", max_length=120, blank=True)
    listed_at = models.DateTimeField("when its files became rows", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("times a worker began to read it", default=0)

    class Meta:
        ordering = ["pk"]


class ImportedFile(models.Model):
    """One file of an import: what was understood of its path, and what is in it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "to be read"
        READY = "ready", "to import"
        ASK = "ask", "needs an answer"
        SAME = "same", "already there"
        LEFT_OUT = "left_out", "left out"

    Kind = Kind

    batch = models.ForeignKey(PaperImport, models.CASCADE, related_name="rows")
    zip = models.ForeignKey(ImportZip, models.SET_NULL, null=True, blank=True, related_name="rows")
    number = models.PositiveIntegerField("place in the zip", default=0)
    path = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(blank=True)
    held_on = models.DateField("day of the meeting", null=True, blank=True)
    could_be = models.JSONField("days between which the order of six numbers decides", default=list, blank=True)
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    title = models.CharField(max_length=200, blank=True)
    members_only = models.BooleanField(
        "for members alone; empty where it is as all of the import", null=True, blank=True
    )
    closed_by = models.CharField("word by which it was probably closed", max_length=30, blank=True)
    corrected = models.BooleanField(default=False)
    file = models.FileField(upload_to="past-papers/", max_length=120, blank=True)
    sent = models.PositiveBigIntegerField("bytes as it was sent", default=0)
    size = models.PositiveIntegerField("bytes", default=0)
    pages = models.PositiveIntegerField(default=0)
    tagged = models.BooleanField(default=False)
    cleaned = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, blank=True)
    notes = models.JSONField("what was found in it, in words", default=list, blank=True)
    attempts = models.PositiveSmallIntegerField("times a worker began to read it", default=0)

    class Meta:
        ordering = ["held_on", "kind", "title", "pk"]
        indexes = [models.Index(fields=["batch", "outcome"], name="imported_file_outcome")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="ready") | Q(held_on__isnull=False, pages__gt=0) & ~Q(kind="") & ~Q(title=""),
                name="file_to_import_is_understood",
            )
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def folder(self) -> str:
        """The folder it came in; "" where it came in none."""
        return self.path.rpartition("/")[0]

    @property
    def can_be_imported(self) -> bool:
        """Whether it is a PDF that we have: then somebody can say what is missing of it."""
        return bool(self.file)

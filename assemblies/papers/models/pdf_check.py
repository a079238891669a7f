from django.db import models
from django.db.models import Q

WAITING, PASSED, REFUSED = "waiting", "passed", "refused"


class CheckedFile:
    """A stored file that may have a check: a document, or an appendix."""

    @property
    def check_state(self) -> str:
        """How far its check is; empty where it needs none."""
        check = getattr(self, "pdf_check", None)
        return check.state if check else ""

    @property
    def is_being_checked(self) -> bool:
        return self.check_state == WAITING

    @property
    def is_refused(self) -> bool:
        return self.check_state == REFUSED

    @property
    def is_untagged(self) -> bool:
        """Whether it is a PDF that was not made for screen readers, as its check found."""
        check = getattr(self, "pdf_check", None)
        return check is not None and check.state == PASSED and not check.tagged


class PdfCheckQuerySet(models.QuerySet["PdfCheck"]):
    def unfinished(self):
        """Checks that are still to be made."""
        return self.filter(state=WAITING)

    def of_document(self, document):
        """The check of a document's file: its own, or that of the appendix that it was before it was published."""
        return self.filter(Q(document=document) | Q(appendix__document=document))

    def refused(self):
        """Files that were refused and that nobody has put away yet, the newest first."""
        return self.filter(state=REFUSED).order_by("-done_at", "-pk")


class PdfCheck(models.Model):
    """What became known of an uploaded PDF: nobody may open, publish or attach it before it is checked.

    A file without such a row needs none: it is no PDF, the portal made it, or it was there before PDFs were checked.
    `tagged` and `sizes`, width and height of each page in points, are what a pack asks of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "being checked"
        PASSED = "passed", "checked"
        REFUSED = "refused", "refused"

    document = models.OneToOneField("papers.Document", models.CASCADE, null=True, blank=True, related_name="pdf_check")
    appendix = models.OneToOneField(
        "papers.ReportAppendix", models.CASCADE, null=True, blank=True, related_name="pdf_check"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    sent_sha256 = models.CharField("fingerprint of the file as it was sent", max_length=64)
    notes = models.JSONField("what was changed in it, in words", default=list)
    refused_because = models.TextField("why it was refused, and what to do", blank=True)
    tagged = models.BooleanField("made for screen readers", default=False)
    sizes = models.JSONField("width and height of each page", default=list)
    attempts = models.PositiveSmallIntegerField("how often a worker began", default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField("until when a worker has it", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = PdfCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=True, appendix__isnull=False)
                | Q(document__isnull=False, appendix__isnull=True),
                name="pdf_check_is_of_one_file",
            ),
            models.CheckConstraint(
                condition=Q(state=WAITING, done_at__isnull=True) | ~Q(state=WAITING) & Q(done_at__isnull=False),
                name="pdf_check_that_is_over_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state=REFUSED) & ~Q(refused_because="") | ~Q(state=REFUSED) & Q(refused_because=""),
                name="refused_pdf_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Check of “{self.file_of}”"

    @property
    def file_of(self):
        """The document or appendix whose file it is."""
        return self.document or self.appendix

    @property
    def pages(self) -> int:
        return len(self.sizes)

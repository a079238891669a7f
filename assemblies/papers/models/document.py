from django.db import models
from django.db.models import Exists, OuterRef, Q

from assemblies.meetings.models.meeting import Meeting
from assemblies.papers.models.pdf_check import WAITING, CheckedFile
from partnership.page_cache.triggers import renew_pages

NEVER_OUT = Q(released_at__isnull=True, withdrawn_at__isnull=False)  # taken back before anybody saw it
BEING_CHECKED = Q(pdf_check__state=WAITING)


class DocumentQuerySet(models.QuerySet["Document"]):
    def current(self):
        """Documents in use, for those who prepare the meeting: neither withdrawn nor replaced, even where the newer
        file waits for the chair. A replaced one may still be part of an older agenda; one that is being checked is not
        in use yet."""
        newer = self.model.objects.filter(replaces=OuterRef("pk")).exclude(NEVER_OUT).exclude(BEING_CHECKED)
        return self.filter(~Exists(newer), withdrawn_at__isnull=True).exclude(BEING_CHECKED)

    def being_checked(self):
        """PDFs that nobody may open, publish or attach yet."""
        return self.filter(BEING_CHECKED, withdrawn_at__isnull=True)

    def same_file(self, digest: str):
        """Documents whose file this is, as it was sent or as it is kept."""
        return self.filter(Q(sha256=digest) | Q(pdf_check__sent_sha256=digest))

    def shown(self):
        """What the page of the meeting lists: released, and no newer file is out. Of one that was withdrawn from view
        the reason is shown in its place."""
        newer = self.model.objects.filter(replaces=OuterRef("pk"), released_at__isnull=False)
        return self.filter(
            ~Exists(newer), Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), released_at__isnull=False
        )

    def waiting(self):
        """Newer files that people do not see yet, of files that they do: they wait for the chair to publish them."""
        return self.filter(
            released_at__isnull=True, withdrawn_at__isnull=True, replaces__released_at__isnull=False
        ).select_related("replaces")

    def visible_to(self, user):
        """Documents that the pages of published meetings show the person, and that can be opened there."""
        meetings = Meeting.objects.visible_to(user).published()
        return self.shown().filter(withdrawn_at__isnull=True, meeting__in=meetings.values("pk"))

    def public(self):
        """Documents of public meetings that are released and not withdrawn."""
        return self.filter(
            released_at__isnull=False,
            withdrawn_at__isnull=True,
            meeting__by_invitation=False,
            meeting__state__in=["published", "held", "closed", "cancelled"],
        )


class Document(CheckedFile, models.Model):
    """A file that belongs to a meeting: slides, reading for newcomers, a paper for an agenda item."""

    class Kind(models.TextChoices):
        SLIDES = "slides", "Slides"
        BACKGROUND = "background", "Background for newcomers"
        PAPER = "paper", "Paper for an agenda item"
        OTHER = "other", "Other"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="documents/", max_length=120)
    content_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was withdrawn from view", blank=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(
                condition=Q(withdrawn_because="") | Q(withdrawn_at__isnull=False),
                name="document_in_view_has_no_reason_for_its_absence",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_view(self) -> bool:
        """Whether people who see the meeting can open it."""
        return bool(self.released_at) and self.withdrawn_at is None and self.meeting.state != "draft"

    @property
    def is_renamed(self) -> bool:
        """Whether it is the file that it replaces, under another title. One that was withdrawn is uploaded again, not renamed."""
        before = self.replaces
        if before is None or before.withdrawn_at:
            return False
        return before.sha256 == self.sha256 and before.title != self.title

    def same_file_under_another_title(self) -> models.QuerySet["Document"]:
        """The documents in use, or waiting, that this one was renamed to or from."""
        renamed = Q(replaces=self) | Q(replaced_by=self)
        return Document.objects.filter(renamed, sha256=self.sha256, withdrawn_at=None)

    @property
    def newer(self) -> "Document | None":
        """The file that took its place, or waits to; one that was taken back before anybody saw it, and one that is being
        checked, do not count."""
        return next((each for each in self.replaced_by.all() if each.counts_as_newer), None)

    @property
    def counts_as_newer(self) -> bool:
        return bool(self.released_at) or not (self.withdrawn_at or self.is_being_checked)

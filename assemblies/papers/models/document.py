import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from assemblies.closures.models import MayBeClosed, is_closed
from assemblies.closures.models.closure import UNTITLED
from assemblies.meetings.models.meeting import PUBLIC_STATES, Meeting
from assemblies.papers.models.agenda import AgendaItem, Withheld, planned_of_item, withheld_from
from assemblies.papers.models.pdf_check import WAITING, CheckedFile
from assemblies.papers.models.report import Report, ReportAppendix
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages

# What people read of a file that was withdrawn stays, and its file too, until two people said that it is erased.
WITHDRAWN_STAYS = """
    IF EXISTS (
        SELECT 1 FROM papers_withdrawnfile f JOIN papers_withdrawal w ON w.id = f.withdrawal_id
        WHERE f.document_id = OLD.id AND w.state <> 'back'
    ) AND (
        ROW(OLD.title, OLD.withdrawn_at, OLD.withdrawn_because, OLD.sha256, OLD.size)
            IS DISTINCT FROM ROW(NEW.title, NEW.withdrawn_at, NEW.withdrawn_because, NEW.sha256, NEW.size)
        OR (OLD.file <> NEW.file AND NOT (NEW.file = '' AND EXISTS (
            SELECT 1 FROM papers_withdrawnfile f JOIN papers_erasure e ON e.withdrawal_id = f.withdrawal_id
            WHERE f.document_id = OLD.id AND e.state = 'done'
        )))
    ) THEN
        RAISE EXCEPTION 'what people read of a withdrawn paper stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""
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
        shown = self.shown().readable_by(user)
        return shown.filter(withdrawn_at__isnull=True, meeting__in=meetings.values("pk"))

    def closed(self):
        """Documents that are closed to the public: by a closure of their own, or with an item of an agenda they go with."""
        through = AgendaItem.objects.closed().filter(documents=OuterRef("pk"))
        return self.filter(is_closed() | Exists(through))

    def with_closures(self):
        """Each with why it is closed, and `closed_with_item`: whether an item it goes with is. Two queries more where any is."""
        through = AgendaItem.objects.closed().filter(documents=OuterRef("pk"))
        found = self.select_related("closure").prefetch_related("closure__grounds__board")
        return found.annotate(closed_with_item=Exists(through))

    def readable_by(self, user):
        """Documents that are open, and closed ones for staff, for those who sit on a board of their meeting, deputies
        included, and for those who work on the report they belong to; but what is withheld from them."""
        if is_partnership_staff(user):
            return self
        closed = Document.objects.closed().values("pk")
        if not user.is_authenticated:
            return self.exclude(pk__in=closed)
        meetings = Meeting.objects.of_boards(boards_sat_on(user)).values("pk")
        worked_on = Report.objects.of_person(user).values("pk")
        appendix = ReportAppendix.objects.filter(document=OuterRef("pk"), report__in=worked_on)
        planned = planned_of_item().filter(report__in=worked_on)
        item = AgendaItem.objects.filter(Exists(planned), documents=OuterRef("pk"))
        theirs = Q(meeting__in=meetings) | Exists(appendix) | Exists(item)
        return self.filter(~Q(pk__in=closed) | (theirs & ~Q(pk__in=files_withheld_from(user))))

    def public(self):
        """Documents of public meetings that are released, and neither withdrawn nor closed."""
        return self.exclude(pk__in=Document.objects.closed().values("pk")).filter(
            released_at__isnull=False,
            withdrawn_at__isnull=True,
            meeting__by_invitation=False,
            meeting__state__in=PUBLIC_STATES,
        )


class Document(MayBeClosed, CheckedFile, models.Model):
    """A file that belongs to a meeting: slides, reading for newcomers, a paper for an agenda item."""

    page = ""  # where it stands in a pack, for pages that say so: see `pack_pages`

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
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="documents",
        verbose_name="why it is closed to the public, where its item is not",
    )  # fmt: skip
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
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="withdrawn_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.withdrawn_at IS NOT NULL"),
                func=WITHDRAWN_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def closed_with_item(self) -> bool:
        """Whether an item it goes with is closed to the public; `with_closures` reads it beforehand."""
        return self.agenda_items.closed().exists()

    @property
    def is_closed(self) -> bool:
        return self.closed_by is not None or self.closed_with_item

    @property
    def public_title(self) -> str:
        """Its title as anybody may read it; of one that is closed with its item, none."""
        own = super().public_title
        return UNTITLED if self.closed_by is None and self.closed_with_item else own

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
        """The documents in use, or waiting, that this one was renamed to or from, however often."""
        found: set[int] = set()
        newer = {self.pk}
        while newer:
            found |= newer
            renamed = Q(replaces__in=newer) | Q(replaced_by__in=newer)
            rows = Document.objects.filter(renamed, sha256=self.sha256).exclude(pk__in=found)
            newer = set(rows.values_list("pk", flat=True))
        return Document.objects.filter(pk__in=found - {self.pk}, withdrawn_at=None)

    @property
    def newer(self) -> "Document | None":
        """The file that took its place, or waits to; one that was taken back before anybody saw it, and one that is being
        checked, do not count."""
        return next((each for each in self.replaced_by.all() if each.counts_as_newer), None)

    @property
    def counts_as_newer(self) -> bool:
        return bool(self.released_at) or not (self.withdrawn_at or self.is_being_checked)


def files_withheld_from(user) -> frozenset[int]:
    """Returns the ids of the files that go with what is withheld from the person: papers of its item on any agenda, appendices of
    its reports, and files that one of them replaced, or that replaced it. No query where nothing is."""
    withheld = withheld_from(user)
    if not withheld.items and not withheld.plans:
        return frozenset()
    if not hasattr(user, "files_withheld"):
        user.files_withheld = _files_of(withheld)
    return user.files_withheld


def _files_of(withheld: Withheld) -> frozenset[int]:
    appendices = ReportAppendix.objects.filter(report__item__in=withheld.plans, document__isnull=False)
    goes_with = Q(agenda_items__in=withheld.items) | Q(pk__in=appendices.values("document"))
    found = set(Document.objects.filter(goes_with).values_list("pk", flat=True))
    newer = found
    while newer:
        rows = Document.objects.filter(Q(replaces__in=newer) | Q(replaced_by__in=newer)).exclude(pk__in=found)
        newer = set(rows.values_list("pk", flat=True))
        found |= newer
    return frozenset(found)

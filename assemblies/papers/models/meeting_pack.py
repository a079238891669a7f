from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.urls import reverse

from assemblies.closures.models import is_closed
from assemblies.meetings.models.meeting import Meeting
from assemblies.papers.models.agenda import AgendaItem, withheld_from
from assemblies.papers.models.document import Document, files_withheld_from
from assemblies.papers.models.on_record import append_only
from assemblies.papers.models.report_version import ReportVersion
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages

# One change is let through: a paper in it was withdrawn, and two people said that it is erased.
FILE_ERASED = """
    IF TG_OP = 'UPDATE' AND NEW.file = '' THEN
        unchanged := NEW;
        unchanged.file := OLD.file;
        IF unchanged IS NOT DISTINCT FROM OLD AND EXISTS (
            SELECT 1 FROM papers_replacedpack r JOIN papers_erasure e ON e.withdrawal_id = r.withdrawal_id
            WHERE r.pack_id = OLD.pack_id AND r.edition >= OLD.edition AND e.state = 'done'
        ) THEN
            RETURN NEW;
        END IF;
    END IF;
"""


def _named_on_cover(rows: models.QuerySet) -> Q:
    """The condition that the first page of a pack, where it lists what changed, has the title of one of the rows (items, or
    documents), and that it is not public any more."""
    since = rows.filter(is_closed(), closure__recorded_at__gt=OuterRef("published_at")).exclude(
        closure__public_title=""
    )
    cover = Cast(OuterRef("cover"), models.TextField())
    return Q(Exists(since.annotate(cover=cover).filter(cover__contains=F("title"))))


def meetings_withheld_from(user) -> set[int]:
    """The ids of the meetings of which a closed paper is withheld from the person. No query where nothing is."""
    if not (items := withheld_from(user).items):
        return set()
    files = Document.objects.closed().filter(pk__in=files_withheld_from(user)).values_list("meeting", flat=True)
    return {*AgendaItem.objects.closed().filter(pk__in=items).values_list("version__meeting", flat=True), *files}


class MeetingPackQuerySet(models.QuerySet["MeetingPack"]):
    def public(self):
        """Packs of meetings that anyone may see: the part that anybody may read."""
        return self.filter(meeting__in=Meeting.objects.public().values("pk"))

    def readable_by(self, user):
        """Packs of which the person may read the closed part too: staff, and those who sit on a board of the meeting,
        deputies included. Who works on one closed report does not read the others; a member who may not read
        a closed paper of the meeting reads none of its packs."""
        if is_partnership_staff(user):
            return self
        found = self.filter(meeting__in=Meeting.objects.of_boards(boards_sat_on(user)).values("pk"))
        return found.exclude(meeting__in=meetings_withheld_from(user))

    def not_for(self, user):
        """Packs that the person would read, were not a paper of their meeting withheld from them."""
        return self.filter(meeting__in=meetings_withheld_from(user))

    def with_withheld(self):
        """Each with `is_withheld`: whether anything in its open part, or named on its first page, has been closed to the public
        since it came out."""
        opened = PackPart.objects.filter(pack=OuterRef("pk"), is_closed=False)
        papers = Q(document__in=Document.objects.closed().values("pk")) | Q(
            report__in=ReportVersion.objects.closed().values("pk")
        )
        item = is_closed("item__closure") & Q(item__closure__recorded_at__gt=F("pack__published_at"))
        named = _named_on_cover(AgendaItem.objects.filter(version__meeting=OuterRef("meeting")))
        named |= _named_on_cover(Document.objects.filter(meeting=OuterRef("meeting")))
        return self.annotate(is_withheld=Q(Exists(opened.filter(papers | item))) | named)

    def with_size(self):
        """Each with `pages` and `size` in bytes of the file that anybody may have; None until there is one."""
        file = PackFile.objects.filter(pack=OuterRef("pk"), for_members=False, edition=OuterRef("edition"))
        return self.annotate(pages=Subquery(file.values("pages")), size=Subquery(file.values("size")))

    def with_parts(self):
        """Each with its files, and its parts with what closes them: the same number of queries whatever there is in it."""
        papers = models.Prefetch("parts__document", Document.objects.with_closures().select_related("meeting"))
        items = ("parts__item__closure__grounds", "parts__report__report__item__closure", "parts__report__closure")
        return self.select_related("agenda").prefetch_related("files", *items, papers)

    def unfinished(self):
        """Packs that wait for a worker and can be made: what came before of the meeting has its last page."""
        before = MeetingPack.objects.filter(meeting=OuterRef("meeting"), number__lt=OuterRef("number"))
        return self.filter(~Exists(before.filter(last_page__isnull=True)), state="waiting")

    def failed(self):
        """Packs that could not be made, until somebody tries again."""
        return self.filter(state="failed")


class MeetingPack(models.Model):
    """The pack of a meeting, number 0, or a supplement to it: which papers came out together, and under which pages.

    What it holds is said by its parts when the papers are published, and never again. A worker makes the files. `cover` is
    what stands on its first page, as it was then. When a paper is withdrawn, its next edition takes the place of the one before.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "being made"
        READY = "ready", "ready"
        FAILED = "failed", "could not be made"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="packs")
    number = models.PositiveSmallIntegerField("0 for the pack, then its supplements")
    agenda = models.ForeignKey(
        "papers.AgendaVersion", models.PROTECT, null=True, blank=True, related_name="packs",
        verbose_name="version it came out with; none for papers that were released",
    )  # fmt: skip
    cover = models.JSONField("what its first page says", default=dict)
    published_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    edition = models.PositiveSmallIntegerField("which of its editions is given out", default=1)
    steps = models.PositiveSmallIntegerField("steps of making it that are done", default=0)
    attempts = models.PositiveSmallIntegerField("how often a worker began", default=0)
    started_at = models.DateTimeField("waiting since")
    lease_until = models.DateTimeField("until when a worker has it", null=True, blank=True)
    failed_because = models.TextField("why it could not be made, and what to do", blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    first_page = models.PositiveIntegerField(null=True, blank=True)
    last_page = models.PositiveIntegerField(null=True, blank=True)
    first_closed_page = models.PositiveIntegerField(null=True, blank=True)
    last_closed_page = models.PositiveIntegerField(null=True, blank=True)

    is_withheld: bool  # as `with_withheld` gives it

    objects = MeetingPackQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="pack_number_once"),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(
                    ready_at__isnull=False, first_page__isnull=False, last_page__isnull=False,
                    first_closed_page__isnull=False, last_closed_page__isnull=False,
                ),
                name="pack_that_is_ready_has_its_pages",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failed_because="")) | (~Q(state="failed") & Q(failed_because="")),
                name="pack_that_failed_says_why",
            ),
        ]  # fmt: skip
        triggers = renew_pages("state", "steps", "failed_because", "ready_at", "edition")

    def __str__(self) -> str:
        return f"{self.name}: {self.meeting}"

    def get_absolute_url(self) -> str:
        """Where it is downloaded, from the moment it is published: the page of the packs until it is made."""
        return reverse("pack", args=[self.meeting.slug, self.file_name])

    @property
    def members_url(self) -> str:
        """Where those who may read its closed part download all of it."""
        return reverse("pack_members", args=[self.meeting.slug, self.file_name])

    @property
    def name(self) -> str:
        return f"Supplement {self.number}" if self.number else "Pack"

    @property
    def file_name(self) -> str:
        """What it is called in its address."""
        return f"supplement-{self.number}" if self.number else "pack"

    @property
    def is_released(self) -> bool:
        """Whether it holds papers that were closed until they were released."""
        return self.agenda_id is None

    def file_for(self, *, members: bool) -> "PackFile | None":
        """The file of the public's pack, or of the members'; None until it is made, and where there is no closed part. An older
        edition is given to nobody."""
        now = (file for file in self.files.all() if file.edition == self.edition)
        return next((file for file in now if file.for_members is members), None)


class PackPart(models.Model):
    """What a pack holds, in order: items of the agenda, their reports, and files, those of a report after it.

    `is_closed`: it stands in the second part, which the public's pack does not have. An item that is closed in part stands in
    both. `title` and `closed`, why its papers are not there, are as people read them in that part on the day. `page` is where
    it begins, once the pack is made: "12", or "E3".
    """

    pack = models.ForeignKey(MeetingPack, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    is_closed = models.BooleanField("in the closed part", default=False)
    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, related_name="pack_parts")
    report = models.ForeignKey("papers.ReportVersion", models.PROTECT, null=True, blank=True, related_name="pack_parts")
    document = models.ForeignKey("papers.Document", models.PROTECT, null=True, blank=True, related_name="pack_parts")
    appendix = models.PositiveSmallIntegerField("its number among the appendices of the report before it", default=0)
    title = models.CharField(max_length=200)
    closed = models.TextField("why papers are closed", blank=True)
    page = models.CharField(max_length=10, blank=True)
    sheet = models.PositiveIntegerField("which page of the file that is", null=True, blank=True)

    gone: str  # what people read in its place, as the page of the packs finds it; "" where it is in view

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "position"], name="pack_position_once"),
            models.CheckConstraint(
                condition=Q(report__isnull=True) | Q(document__isnull=True), name="pack_part_is_one_thing"
            ),
            models.CheckConstraint(condition=Q(appendix=0) | Q(document__isnull=False), name="appendix_is_a_file"),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """What it is called in the pack: the same content makes the same bytes."""
        return f"part-{self.position}"

    @property
    def is_item(self) -> bool:
        return self.report_id is None and self.document_id is None

    @property
    def is_shut_now(self) -> bool:
        """Whether the paper, or its item, is closed to the public today, whatever it was when it came out."""
        own = bool(self.report and self.report.closed_by) or bool(self.document and self.document.is_closed)
        return own or self.item.closed_by is not None

    @property
    def public_title(self) -> str:
        """The title of an item as anybody may read it today: as it came out, unless the item has been closed since."""
        closure = self.item.closed_by
        was_open = closure and closure.recorded_at and closure.recorded_at > self.pack.published_at
        return self.item.public_title if was_open else self.title


class PackFile(models.Model):
    """A pack as it was made: with the closed part for members, or without it. A fact of record: the file, its checksum and its
    size never change; the file of an older edition is erased with a paper in it. `key` is the same for the same content, which
    is not made twice."""

    pack = models.ForeignKey(MeetingPack, models.CASCADE, related_name="files")
    edition = models.PositiveSmallIntegerField(default=1)
    for_members = models.BooleanField("with the closed part", default=False)
    key = models.CharField(max_length=64, db_index=True)
    file = models.FileField(upload_to="packs/", max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("bytes")
    pages = models.PositiveIntegerField()
    strict = models.BooleanField("keeps to PDF/UA-1")
    facts = models.JSONField("the pages of its parts and where it ends", default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["edition", "for_members", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "for_members", "edition"], name="pack_file_once_in_an_edition"),
            models.CheckConstraint(condition=Q(size__gt=0, pages__gt=0), name="pack_file_is_not_empty"),
        ]
        triggers = [*renew_pages(), *append_only(FILE_ERASED, [("unchanged", "papers_packfile")])]

    def __str__(self) -> str:
        return f"{self.pack.name}, {'members' if self.for_members else 'public'}"

    def has(self, part: PackPart) -> bool:
        """Whether the paper, and not only that it was withdrawn, stands in it."""
        return part.key in self.facts.get("positions", {}) and part.key not in self.facts.get("gone", ())

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from assemblies.minutes.models.correction import Correction
from assemblies.minutes.models.minutes_version import MinutesVersion
from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.triggers import renew_pages


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def public(self):
        """Minutes of which everybody may read a version."""
        return self.filter(Exists(MinutesVersion.objects.public().filter(minutes=OuterRef("pk"))))

    def visible_to(self, user):
        """Minutes of which the person may see a version: see `MinutesVersion`."""
        return self.filter(Exists(MinutesVersion.objects.visible_to(user).filter(minutes=OuterRef("pk"))))

    def editable_by(self, user):
        """Minutes that the person works on: staff all; who chairs the board today, or acts for them, those of the board."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        return self.filter(board__in=[board.pk for board in boards_chaired_by(user, timezone.localdate())])

    def of_person(self, user):
        """Minutes of meetings at which the person was: they propose corrections."""
        return self.filter(present=user) if user.is_authenticated else self.none()

    def circulated(self):
        """Those that are with those who were there."""
        return self.filter(state=Minutes.State.CIRCULATED)

    def to_correct(self):
        """Those of whose corrections some wait for an answer."""
        waiting = Correction.objects.waiting().filter(version__minutes=OuterRef("pk"))
        return self.circulated().filter(Exists(waiting))

    def locked(self):
        """Locks the rows until the transaction ends: whoever edits, agrees, confirms or reopens waits here."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("meeting__board", "board")


class Minutes(models.Model):
    """The minutes of one board of a meeting: boards that meet in common each have their own."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        CIRCULATED = "circulated", "circulated"
        AGREED = "agreed", "agreed by the chair"
        CONFIRMED = "confirmed", "confirmed"

    OPEN = (State.DRAFT, State.CIRCULATED)  # their text may be written

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="minutes")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    is_recorded = models.BooleanField("the meeting was recorded in the portal", default=True)
    present = models.ManyToManyField(
        "accounts.User", verbose_name="who was there for the board", related_name="+", blank=True
    )
    made_at = models.DateTimeField()

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__starts_at", "board__name"]
        verbose_name_plural = "minutes"
        constraints = [models.UniqueConstraint(fields=["meeting", "board"], name="minutes_once_for_each_board")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Minutes of {self.day}, {self.board}"

    @property
    def audit_label(self) -> str:
        return str(self)[:200]

    @property
    def day(self) -> str:
        """The day of the meeting: "14 September 2020"."""
        return dates.short_day(self.meeting.starts_at)

    def get_absolute_url(self) -> str:
        """Where people read them: those of the host under the meeting, those of others under their board's name."""
        return self._url("minutes")

    def url_of(self, number: int) -> str:
        """Where one version is read."""
        return reverse("minutes_version", args=[self.meeting.slug, self.board.slug, number])

    @property
    def pdf_url(self) -> str:
        return self._url("minutes_pdf")

    @property
    def key_messages_url(self) -> str:
        return self._url("key_messages")

    @property
    def work_url(self) -> str:
        """Where staff and the chair see how far they are."""
        return reverse("minutes_work", args=[self.meeting.slug, self.board.slug])

    def _url(self, name: str) -> str:
        if self.board_id == self.meeting.board_id:
            return reverse(name, args=[self.meeting.slug])
        return reverse(f"{name}_of_board", args=[self.meeting.slug, self.board.slug])

    @property
    def is_open(self) -> bool:
        """Whether their text may be written."""
        return self.state in self.OPEN

    @property
    def is_reopened(self) -> bool:
        """Whether a later version of what was agreed is being written."""
        return self.is_open and self.newest.number > 1

    @property
    def newest(self) -> MinutesVersion:
        """The version with the highest number."""
        version = self.versions.first()
        assert version is not None, "they are made with their first version"
        return version

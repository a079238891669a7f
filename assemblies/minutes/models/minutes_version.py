from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models.on_record import append_only
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by, boards_sat_on
from partnership.page_cache.triggers import renew_pages

# Let through: everything until it is agreed; after that, once, at which meeting it was confirmed.
AGREED_STAYS = """
    IF TG_OP = 'UPDATE' THEN
        IF OLD.agreed_at IS NULL THEN
            RETURN NEW;
        END IF;
        stands := NEW;
        IF OLD.confirmed_at IS NULL THEN
            stands.confirmed_at := NULL;
            stands.confirmed_by_id := NULL;
            stands.confirmed_meeting_id := NULL;
        END IF;
        IF stands IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def agreed(self):
        return self.filter(agreed_at__isnull=False)

    def open_to_corrections(self, today: date):
        """Circulated ones that are not agreed, and whose last day for corrections has not passed."""
        return self.filter(agreed_at__isnull=True, corrections_by__gte=today)

    def public(self):
        """Versions that everybody may read: agreed ones of meetings that anyone may see, those too that a later one replaced."""
        return self.agreed().filter(minutes__meeting__in=Meeting.objects.public().values("pk"))

    def visible_to(self, user):
        """Staff and who chairs the board see all; those who sit on it, and who was there, what was circulated; others what is
        agreed of meetings that they may see. What of it they read, each item says."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        meetings = Meeting.objects.visible_to(user).published().values("pk")
        chaired = [board.pk for board in boards_chaired_by(user, timezone.localdate())]
        was_there = self.model._base_manager.filter(minutes__present=user)  # noqa: SLF001 - documented; no version is hidden
        there = Q(circulated_at__isnull=False) & (
            Q(minutes__board__in=boards_sat_on(user)) | Q(pk__in=was_there.values("pk"))
        )
        agreed = Q(agreed_at__isnull=False, minutes__meeting__in=meetings)
        return self.filter(agreed | there | Q(minutes__board__in=chaired))

    def standing(self):
        """Of each minutes the newest agreed version: the one that no other replaces."""
        later = self.model._base_manager.filter(  # noqa: SLF001 - documented; no version is hidden
            minutes=OuterRef("minutes"), number__gt=OuterRef("number"), agreed_at__isnull=False
        )
        return self.agreed().filter(~Exists(later))


class MinutesVersion(models.Model):
    """The minutes as they were first agreed, or as they were agreed again after they were reopened.

    Until the chair agrees them they are edited. From then on they are a fact of record: a trigger in the database refuses any
    change but, once, at which meeting they were confirmed.
    """

    PEOPLE = {
        "present": "Present",
        "apologies": "Apologies",
        "absent": "Absent",
        "in_attendance": "In attendance",
        "movements": "Arrivals and departures",
    }  # of `content`: lists of lines

    minutes = models.ForeignKey("minutes.Minutes", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    because = models.TextField("why the version before was reopened", blank=True)
    content = models.JSONField("who was there, who came and went", default=dict)
    key_messages = models.TextField("key messages, in the words of staff", blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField(null=True, blank=True)
    circulated_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    corrections_by = models.DateField("last day for corrections", null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    agreed_for = models.CharField("chair they acted for", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="minutes_confirmed",
        verbose_name="meeting that confirmed them",
    )  # fmt: skip

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_number_once"),
            models.UniqueConstraint(
                fields=["minutes"], condition=Q(agreed_at__isnull=True), name="one_minutes_version_is_open"
            ),
            models.CheckConstraint(
                condition=Q(number=1, because="") | (Q(number__gt=1) & ~Q(because="")), name="reopened_minutes_say_why"
            ),
            models.CheckConstraint(
                condition=Q(circulated_at__isnull=True, circulated_by__isnull=True, corrections_by__isnull=True)
                | Q(circulated_at__isnull=False, circulated_by__isnull=False, corrections_by__isnull=False),
                name="circulated_minutes_say_until_when",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, agreed_for="", sha256="")
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False, circulated_at__isnull=False) & ~Q(sha256="")),
                name="agreed_minutes_were_circulated",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, confirmed_meeting__isnull=True)
                | Q(
                    confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_meeting__isnull=False,
                    agreed_at__isnull=False,
                ),
                name="confirmed_minutes_were_agreed",
            ),
        ]  # fmt: skip
        triggers = [*renew_pages(), *append_only(AGREED_STAYS, [("stands", "minutes_minutesversion")])]

    def __str__(self) -> str:
        return f"{self.minutes}, version {self.number}"

    def get_absolute_url(self) -> str:
        return self.minutes.url_of(self.number)

    @property
    def pdf_url(self) -> str:
        minutes = self.minutes
        return reverse("minutes_version_pdf", args=[minutes.meeting.slug, minutes.board.slug, self.number])

    @property
    def people(self) -> list[tuple[str, list[str]]]:
        """Who was there, who was not, and who came and went: headings with their lines, without those that have none."""
        return [(label, lines) for name, label in self.PEOPLE.items() if (lines := self.content.get(name))]

    @property
    def is_open_to_corrections(self) -> bool:
        """Whether those who were there have until today or later to propose some."""
        return bool(self.corrections_by and not self.agreed_at and self.corrections_by >= timezone.localdate())

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

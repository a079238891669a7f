from django.db import models
from django.db.models import Q
from django.urls import reverse

from assemblies.meetings.models import Meeting
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages


class SittingQuerySet(models.QuerySet["Sitting"]):
    def visible_to(self, user):
        """Records of the meetings of boards on which the person sits, deputises or acts as chair; staff see all."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        return self.filter(meeting__in=Meeting.objects.of_boards(boards_sat_on(user)).values("pk"))

    def ended(self):
        """Records of meetings that have ended: what they say of private sessions is public."""
        return self.filter(state=Sitting.State.ENDED)

    def locked(self):
        """Locks the records' rows, and those of their meetings, until the transaction ends: whoever adds an entry waits here, and
        while the meeting is cancelled."""
        return self.select_for_update(no_key=True, of=("self", "meeting")).select_related("meeting__board")


class Sitting(models.Model):
    """The record of a meeting while it runs, from its opening to its end."""

    class State(models.TextChoices):
        OPEN = "open", "under way"
        ENDED = "ended", "ended"

    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, related_name="sitting")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    newest = models.PositiveIntegerField("number of the newest entry", default=0)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, ended_by__isnull=True)
                | Q(state="ended", ended_at__isnull=False, ended_by__isnull=False),
                name="ended_sitting_says_when_and_by_whom",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Record of {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("record", args=[self.meeting.slug])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

from django.db import models
from django.db.models import F

from partnership.page_cache.triggers import renew_pages


class MeetingBoardQuerySet(models.QuerySet["MeetingBoard"]):
    def outliving_their_boards(self):
        """Those of meetings still planned for a day after the last day of the board."""
        return self.filter(
            meeting__state__in=["draft", "published"], meeting__starts_at__date__gt=F("board__ends_on")
        ).order_by("meeting__starts_at", "pk")


class MeetingBoard(models.Model):
    """That a board meets in common with the host of a meeting: in one room on one agenda, each with its own decisions."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="+")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="+")

    objects = MeetingBoardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "board"], name="board_once_for_each_meeting")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.board} at {self.meeting}"


class MeetingPlace(models.Model):
    """A place that takes part in a meeting: the seats kept for it, and how it introduces itself."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="meeting_places")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="meeting_places")
    position = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveIntegerField("seats kept for it", null=True, blank=True)
    introduction = models.TextField(blank=True)
    introduction_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    introduction_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "place__name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="place_once_for_each_meeting")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.place} at {self.meeting}"

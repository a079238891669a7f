from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assemblies.papers.models.decided_by_two import DecidedByTwo, DecidedByTwoQuerySet, decided_by_two, decided_once
from assemblies.past_papers.models.past_meeting import PastPaper
from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.triggers import renew_pages


class PastPaperWithdrawalQuerySet(DecidedByTwoQuerySet["PastPaperWithdrawal"]):
    def visible_to(self, user):
        """Those the person may have to decide on: staff all, who chairs a board those of its papers."""
        if is_partnership_staff(user):
            return self
        return self.filter(paper__meeting__board__in=boards_chaired_by(user, timezone.localdate()))


class PastPaperWithdrawal(DecidedByTwo):
    """That a past paper was taken out of view, as one of a meeting is. Its title stays as it was."""

    paper = models.ForeignKey(PastPaper, models.PROTECT, related_name="withdrawals")

    objects = PastPaperWithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            *decided_by_two("past_withdrawal"),
            models.UniqueConstraint(
                fields=["paper"], condition=Q(state__in=["held", "withdrawn"]), name="past_paper_withdrawn_once"
            ),
        ]
        triggers = [*renew_pages(), *decided_once("past_papers_pastpaperwithdrawal")]

    def __str__(self) -> str:
        return self.public_title

    def get_absolute_url(self) -> str:
        return reverse("past_paper_withdrawal", args=[self.paper.meeting.board.slug, self.paper_id])

    @property
    def public_title(self) -> str:
        return self.paper.title

    @property
    def is_erased(self) -> bool:
        """Whether the portal no longer has the file."""
        return not self.paper.file

    @property
    def board(self) -> Board:
        return self.paper.meeting.board

    @property
    def meeting_in_words(self) -> str:
        return f"{self.board}, {dates.day(self.paper.meeting.held_on)}"

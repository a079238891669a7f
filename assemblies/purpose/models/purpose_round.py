from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.purpose.models.purpose_version import PurposeVersion
from assemblies.voice.models import CallForViews
from partnership.boards.models import Board
from partnership.page_cache.triggers import renew_pages


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user):
        """That a board asks its members is public, as its purpose is; who said what is not: see `rules.reads_answers`."""
        return self.filter(board__in=Board.objects.visible_to(user).values("pk"))

    def open(self):
        """Rounds whose result is not there yet."""
        return self.filter(closed_at__isnull=True)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def due(self, now: datetime | None = None):
        """Open rounds whose call takes no more answers, by the clock or since its meeting is cancelled."""
        return self.open().exclude(call__in=CallForViews.objects.open(now or timezone.now()).values("pk"))

    def unfollowed(self):
        """Closed rounds after which there was neither another round nor another version."""
        versions = PurposeVersion.objects.filter(board=OuterRef("board"), number__gt=OuterRef("version__number"))
        rounds = Round.objects.filter(board=OuterRef("board"), pk__gt=OuterRef("pk"))
        return self.closed().filter(~Exists(versions), ~Exists(rounds))

    def with_facts(self):
        return self.select_related(
            "board", "version", "planned", "call__meeting__board", "call__seat__board"
        ).prefetch_related("lines__line")


class Round(models.Model):
    """One time that a board asks its member organisations whether each line of its purpose still stands: a call of the chair's
    seat for a meeting, and its result, which is written down once it closes."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="purpose_rounds")
    version = models.ForeignKey(PurposeVersion, models.PROTECT, related_name="rounds")
    call = models.OneToOneField("voice.CallForViews", models.CASCADE, related_name="purpose_round")
    planned = models.ForeignKey(
        "forward_plan.PlannedItem", models.SET_NULL, null=True, blank=True, related_name="purpose_rounds"
    )
    closed_at = models.DateTimeField("when its result was written down", null=True, blank=True)
    asked = models.PositiveSmallIntegerField("organisations asked, once it is closed", default=0)
    answered = models.PositiveSmallIntegerField("of them answered", default=0)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=Q(closed_at__isnull=True), name="one_open_purpose_round_of_a_board"
            ),
            models.CheckConstraint(condition=Q(answered__lte=F("asked")), name="no_more_answered_than_were_asked"),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Round on the purpose of the {self.board}"

    def get_absolute_url(self) -> str:
        return reverse("purpose_round", args=[self.board.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def said(self) -> str:
        """The outcome in a sentence, once it is closed."""
        if not self.answered:
            return f"None of {self.asked} member organisations answered, so no line is reaffirmed."
        return f"{self.answered} of {self.asked} member organisations answered."


class RoundLine(models.Model):
    """A line as it was asked about, and what was said of it: counts, and the words of those who may be quoted by name."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="lines")
    line = models.ForeignKey("purpose.PurposeLine", models.PROTECT, related_name="asked")
    topic = models.OneToOneField("voice.CallTopic", models.CASCADE, related_name="purpose_line")
    stands = models.PositiveSmallIntegerField(default=0)
    change = models.PositiveSmallIntegerField("say that it should change", default=0)
    no_longer = models.PositiveSmallIntegerField("say that it stands no longer", default=0)
    quotes = models.JSONField("words that may be quoted: [organisation, stance, words]", default=list)

    class Meta:
        ordering = ["line__position"]
        constraints = [models.UniqueConstraint(fields=["round", "line"], name="line_asked_about_once_in_a_round")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.line}: {self.counts}"

    @property
    def counts(self) -> str:
        """Returns "stands 4, change it 1, no longer 0"."""
        return f"stands {self.stands}, change it {self.change}, no longer {self.no_longer}"

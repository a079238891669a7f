from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from assemblies.papers.models.on_record import append_only
from partnership.boards.models import Board
from partnership.page_cache.triggers import renew_pages


class PurposeVersionQuerySet(models.QuerySet["PurposeVersion"]):
    def visible_to(self, user):
        """A purpose is public, as its board is."""
        return self.filter(board__in=Board.objects.visible_to(user).values("pk"))

    def newest(self):
        """Of each board the version in force."""
        later = PurposeVersion.objects.filter(board=OuterRef("board"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def with_facts(self):
        """With what a page shows of each, and its lines: three queries, however many they are."""
        return self.select_related("board", "decision", "made_by", "follows").prefetch_related("lines__continues")


class PurposeVersion(models.Model):
    """What a board is for, as it was agreed: a sentence and its lines. A fact of record: another version follows it."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="purpose_versions")
    number = models.PositiveSmallIntegerField()
    opening = models.TextField("the sentence before the lines")
    source = models.CharField("where it comes from", max_length=300, blank=True)
    source_url = models.URLField("where that can be read", max_length=500, blank=True)
    in_force_from = models.DateField("in force from")
    follows = models.ForeignKey(
        "purpose.Round", models.PROTECT, null=True, blank=True, related_name="led_to",
        verbose_name="round of reaffirmation from which it follows",
    )  # fmt: skip
    decision = models.ForeignKey(
        "decisions.Decision", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="decision that agreed it",
    )  # fmt: skip
    because = models.TextField("why it changes without a round or a decision", blank=True)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    key = models.UUIDField("entered once, however often it is sent", default=uuid4, unique=True, editable=False)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PurposeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="purpose_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because="") | Q(follows__isnull=False, decision__isnull=False),
                name="next_purpose_was_decided_after_a_round_or_says_why",
            ),
        ]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"Purpose of the {self.board}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("purpose_version", args=[self.board.slug, self.number])


class PurposeLine(models.Model):
    """A line of a version; `continues` the one before, in the same words or in others."""

    version = models.ForeignKey(PurposeVersion, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="purpose_line_position_once"),
            models.UniqueConstraint(fields=["version", "continues"], name="purpose_line_is_continued_once"),
            models.CheckConstraint(condition=~Q(text=""), name="purpose_line_says_something"),
        ]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return self.text

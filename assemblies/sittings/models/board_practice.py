from django.db import models

from partnership.page_cache.triggers import renew_pages


class BoardPracticeQuerySet(models.QuerySet["BoardPractice"]):
    def public(self):
        """Everybody may know how a board votes."""
        return self


class BoardPractice(models.Model):
    """How a board records its decisions, by its own rules of procedure. One without a row has the defaults."""

    board = models.OneToOneField("boards.Board", models.CASCADE, related_name="practice")
    names_movers = models.BooleanField("a mover and a seconder are named", default=False)
    has_casting_vote = models.BooleanField("who presides has a casting vote when votes are equal", default=False)

    objects = BoardPracticeQuerySet.as_manager()

    class Meta:
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"How the {self.board} decides"

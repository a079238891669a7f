from django.db import models
from django.db.models import Q


class BoardStep(models.Model):
    """A step of the chain by which a board's reports are signed off after their author: finance, legal, director, chair.

    Its holder is a person, or whoever chairs the board on the day; where neither is said, the author names somebody.
    """

    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="report_chain")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    by_chair = models.BooleanField("taken by whoever chairs the board", default=False)
    holder = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="who takes it"
    )
    working_days = models.PositiveSmallIntegerField("working days for it", default=3)
    revision = models.PositiveIntegerField("times edited", default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "position"], name="board_step_once_at_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["board", "name"], name="board_step_name_once"),
            models.CheckConstraint(
                condition=Q(by_chair=False) | Q(holder__isnull=True), name="board_step_has_one_kind_of_holder"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BoardCheck(models.Model):
    """A check that a board asks of each report, by the key under which an app adds it."""

    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="report_checks")
    key = models.CharField(max_length=50)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="board_check_once")]

    def __str__(self) -> str:
        return self.key

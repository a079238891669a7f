from django.db import models

from assemblies.forward_plan.models import PlannedItem
from partnership.page_cache.triggers import renew_pages


class AgendaItemBoard(models.Model):
    """That a board takes an item of an agenda in common, and what it does. An item without such rows: see `takers`."""

    Role = PlannedItem.Role

    item = models.ForeignKey("papers.AgendaItem", models.CASCADE, related_name="taking")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="+")
    role = models.CharField("what the board does", max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "board"], name="board_takes_an_item_once")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.board}: {self.get_role_display()}"


class AgendaReading(models.Model):
    """That the chair of a board in common has read the draft of an agenda, which the host's chair publishes."""

    version = models.ForeignKey("papers.AgendaVersion", models.CASCADE, related_name="readings")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="+")
    read_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    seen = models.CharField("stands for the draft as it was read", max_length=16)

    class Meta:
        ordering = ["read_at"]
        constraints = [models.UniqueConstraint(fields=["version", "board"], name="draft_is_read_once_for_each_board")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.board} has read version {self.version.number}"

import re

from django.db import models

from assemblies.meetings.purposes import Purpose
from partnership.page_cache.triggers import renew_pages

ABOUT_ACTIONS = re.compile(r"\bactions?\b", re.IGNORECASE)  # not "interaction"


class StandingItem(models.Model):
    """An item that each agenda of a board has: welcome, interests, minutes, actions first; any other business last."""

    board = models.ForeignKey("boards.Board", models.CASCADE, related_name="standing_items")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.INFORMATION)
    comes_last = models.BooleanField("after the other items", default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["comes_last", "position", "pk"]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    @property
    def is_about_actions(self) -> bool:
        """Whether open actions stand under it: its title says so."""
        return bool(ABOUT_ACTIONS.search(self.title))

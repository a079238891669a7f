from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from partnership.page_cache.triggers import renew_pages


class TermsQuerySet(models.QuerySet["TermsVersion"]):
    def in_force(self, on: date):
        """The version in force on the day in a list of one, or none: the last adopted by then."""
        return self.filter(adopted_on__lte=on).order_by("-number")[:1]


class TermsVersion(models.Model):
    """One version of a board's terms of reference. Versions are added, never edited: a trigger refuses it."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    file = models.FileField(upload_to="terms/", max_length=120, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    adopted_on = models.DateField("adopted on")
    what_changed = models.TextField("what changed", blank=True)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="terms_numbered_once_for_each_board"),
            models.CheckConstraint(condition=~Q(text="") | ~Q(file=""), name="terms_say_something"),
            models.CheckConstraint(condition=Q(number__gte=1), name="terms_are_numbered_from_one"),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    RAISE EXCEPTION 'versions of terms of reference are added, never changed'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of the terms of reference of {self.board}"

    def get_absolute_url(self) -> str:
        return reverse("board_terms_version", args=[self.board.slug, self.number])

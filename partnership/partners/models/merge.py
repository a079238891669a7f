from django.db import models
from django.db.models import F, Q

from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user):
        """Staff see all; nobody else any."""
        return self if is_partnership_staff(user) else self.none()

    def standing(self):
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """Two organisations made one: which facts were copied, which rows moved, which could not. Enough to undo it."""

    kept = models.ForeignKey("partners.Partner", models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey("partners.Partner", models.PROTECT, related_name="merges_away")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    was = models.CharField("state of the absorbed one before", max_length=10)
    swapped = models.JSONField("field, the kept one's value before, the absorbed one's", default=list)
    moved = models.JSONField("model, field and rows that moved", default=list)
    stayed = models.JSONField("model, field and rows that could not move", default=list)
    ended = models.JSONField("memberships ended because the person had two: row and state before", default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="merge_is_of_two"),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="partner_absorbed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} into {self.kept}"

    @property
    def rows_moved(self) -> int:
        return sum(len(each["rows"]) for each in self.moved)

    @property
    def rows_stayed(self) -> int:
        return sum(len(each["rows"]) for each in self.stayed)


class NotAlike(models.Model):
    """Two partners that look alike, and that staff have said are two."""

    one = models.ForeignKey("partners.Partner", models.CASCADE, related_name="+")
    other = models.ForeignKey("partners.Partner", models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_alike_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_alike_lower_first"),
        ]
        triggers = renew_pages()

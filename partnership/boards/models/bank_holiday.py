from datetime import date

from django.db import models

from partnership.page_cache.memo import cached_until_changed
from partnership.page_cache.triggers import renew_pages


class BankHolidayQuerySet(models.QuerySet["BankHoliday"]):
    def public(self):
        """Everybody reads which days do not count."""
        return self


class BankHoliday(models.Model):
    """A bank holiday of England and Wales that was proclaimed lately: for a funeral, a jubilee, a final."""

    day = models.DateField(unique=True, error_messages={"unique": "That day is on the list already"})
    name = models.CharField("what it is for", max_length=100)
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.name


def added() -> frozenset[date]:
    """The bank holidays that staff added."""
    return cached_until_changed(
        "added bank holidays", lambda: frozenset(BankHoliday.objects.values_list("day", flat=True))
    )

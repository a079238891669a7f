from django.db import models

from assemblies.meetings.models import Meeting
from assemblies.papers.models.on_record import append_only
from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages


class KeyMessagesQuerySet(models.QuerySet["KeyMessages"]):
    def public(self):
        return self.filter(minutes__meeting__in=Meeting.objects.public().values("pk"))

    def visible_to(self, user):
        """What was published of meetings that the person may see."""
        if user.is_authenticated and is_partnership_staff(user):
            return self
        return self.filter(minutes__meeting__in=Meeting.objects.visible_to(user).published().values("pk"))


class KeyMessages(models.Model):
    """Key messages of a meeting as they were published: a fact of record. Published again, the newest are shown."""

    minutes = models.ForeignKey("minutes.Minutes", models.PROTECT, related_name="published_key_messages")
    text = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = KeyMessagesQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name_plural = "key messages"
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"Key messages: {self.minutes}"

from django.db import models

from partnership.page_cache.triggers import renew_pages


class MeetingMove(models.Model):
    """One move of a meeting, from when to when."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="moves")
    old_starts_at = models.DateTimeField()
    old_ends_at = models.DateTimeField()
    new_starts_at = models.DateTimeField()
    new_ends_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    urgent_reason = models.TextField("why the agenda, out too late for the new day, cannot wait", blank=True)
    moved_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["moved_at"]
        triggers = renew_pages()

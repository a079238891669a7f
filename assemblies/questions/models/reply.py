import pgtrigger
from django.db import models

from partnership.page_cache.triggers import renew_pages


class Reply(models.Model):
    """A written reply to a question. One that follows adds to it or puts it right; a trigger refuses to change or delete any."""

    question = models.ForeignKey("questions.Question", models.PROTECT, related_name="replies")
    text = models.TextField()
    by_name = models.CharField("who replies", max_length=200)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="reply_says_something")]
        triggers = [
            *renew_pages(),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Reply to {self.question}"

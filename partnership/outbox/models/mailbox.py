"""How far the mailbox for mail that comes back has been read."""

from typing import Any

import rules
from django.db import models


class MailboxLookQuerySet(models.QuerySet["MailboxLook"]):
    def visible_to(self, user: Any) -> "MailboxLookQuerySet":
        """Partnership staff, who are told when mail cannot be watched any more; nobody else."""
        return self if rules.has_perm("outbox.read_messages", user) else self.none()


class MailboxLook(models.Model):
    """One mailbox, by its name without the password. Its emails are numbered upwards as long as `validity` stays.

    `looked_at` is when it was last read through; `trouble` says why it could not be since, "" when all is well. `again`
    holds the numbers of emails that failed, and how often.
    """

    name = models.CharField(max_length=500, unique=True)
    validity = models.BigIntegerField(default=0)
    last_number = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    again = models.JSONField(default=dict, blank=True)

    objects = MailboxLookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

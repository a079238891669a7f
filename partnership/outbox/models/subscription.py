"""What a person may stop by one click: the reminders of a meeting, calls for views and the like."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from partnership.keys import new_key


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def holding_key(self, key: str) -> "Subscription | None":
        """The subscription of a link in an email, or None."""
        return self.filter(key=key).first()


class Subscription(models.Model):
    """Emails on one topic to one address, from the first that was written. `stopped_at`: the person wants no more.

    `topic` is for the portal ("meeting:41:reminders"), `name` for the person: "reminders about the assembly".
    """

    email = models.EmailField()
    topic = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=43, unique=True, default=new_key)
    written_at = models.DateTimeField("last written to", db_default=Now())
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email", "topic"], name="subscription_once_for_each_topic"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscription_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        """Without the address: the audit log keeps this."""
        return f"Emails on {self.topic}"

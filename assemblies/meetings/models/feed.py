from django.db import models

from partnership.keys import new_key


class PersonalFeedQuerySet(models.QuerySet["PersonalFeed"]):
    def public(self):
        """Feeds whose secret still opens them: those of people who may sign in."""
        return self.filter(user__is_active=True).select_related("user")


class PersonalFeed(models.Model):
    """The secret address of a person's own calendar feed. Resetting it makes the old address useless."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="feed")
    secret = models.CharField(max_length=43, unique=True, default=new_key)
    reset_at = models.DateTimeField(auto_now=True)

    objects = PersonalFeedQuerySet.as_manager()

from django.db import models

from assemblies.models.invitation import new_key


class PersonalFeed(models.Model):
    """The secret address of a person's own calendar feed. Resetting it makes the old address useless."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="feed")
    secret = models.CharField(max_length=43, unique=True, default=new_key)
    reset_at = models.DateTimeField(auto_now=True)

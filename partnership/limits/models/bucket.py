from django.db import models
from django.db.models.functions import Now


class BucketQuerySet(models.QuerySet["Bucket"]):
    def live(self):
        """Those whose time is not over, by the database's clock: web processes may not agree on the time."""
        return self.filter(expires_at__gt=Now())

    def expired(self):
        return self.filter(expires_at__lte=Now())


class Bucket(models.Model):
    """What was counted, or kept, under one name until a time. Nothing removes it before that time."""

    key = models.CharField("hash of its name", max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    objects = BucketQuerySet.as_manager()

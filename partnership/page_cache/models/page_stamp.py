from uuid import uuid4

from django.db import models


class PageStamp(models.Model):
    """One row, whose revision is new after every commit that changed something the public pages show.

    Written by the database alone: by the deferred triggers of `partnership.page_cache.triggers`. A revision is random, so
    one that a process remembers never comes back, not even when the database is restored from a copy.
    """

    revision = models.UUIDField(default=uuid4)
    changed_in = models.BigIntegerField("the transaction that changed it", default=0)

"""Buckets whose time is over go."""

from partnership.limits.models import Bucket


def sweep() -> int:
    """Deletes them; returns how many. No audit: they say nothing but that somebody may do something again."""
    deleted, _ = Bucket.objects.expired().delete()
    return deleted

from partnership.limits.models.bucket import Bucket

__all__ = ["Bucket"]

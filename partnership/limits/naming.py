"""The names of buckets, as they are stored."""

from django.utils.crypto import salted_hmac


def hashed(name: str) -> str:
    """Returns 64 letters and digits that stand for the name: it holds addresses of people, and a backup should not."""
    return salted_hmac("partnership.limits", name, algorithm="sha256").hexdigest()

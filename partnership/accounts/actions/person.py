"""What a person may change about themselves."""

from django.db import transaction

from partnership import audit
from partnership.accounts.models import User


@transaction.atomic
def rename(*, user: User, name: str, by: User) -> User:
    """Gives the person another name; spaces are tidied."""
    user.name = " ".join(name.split())
    user.save(update_fields=["name"])
    audit.record(by=by, verb="person.renamed", subject=user)
    return user

"""What templates may ask of the person who reads the page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from partnership.accounts.rules import is_partnership_staff


def roles(request: HttpRequest) -> dict[str, object]:
    """Returns `is_partnership_staff`. Lazy: a page that does not ask is the same for everybody, and may be kept."""
    return {"is_partnership_staff": SimpleLazyObject(lambda: is_partnership_staff(request.user))}

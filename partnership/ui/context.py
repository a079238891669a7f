"""What every page's frame needs, the same for everybody."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Returns the portal's name, and whether this is a demonstration."""
    return {"portal_name": settings.PORTAL_NAME, "demonstration": settings.DEMONSTRATION}

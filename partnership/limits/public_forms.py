"""How often a public form may be posted: wide enough for hundreds of people behind one router."""

from django.conf import settings
from django.http import HttpRequest

from partnership.limits.client import network_of
from partnership.limits.counting import Limit, is_over

TOO_MANY = (
    "There have been too many tries from your network. Wait 10 minutes, then try again. Your answers are kept here."
)


def posts_too_often(request: HttpRequest, group: str) -> bool:
    """Whether this post is one too many: for this email address from here, or for everybody from here."""
    network = network_of(request)
    address = request.POST.get("email", "").strip().lower()[:254]
    return is_over(
        Limit(f"{group} from {network} for {address}", settings.PUBLIC_FORM_RATE),
        Limit(f"{group} from {network}", settings.PUBLIC_FORM_RATE_FROM_HERE),
    )

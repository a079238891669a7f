"""How often one address on the network may post a public form: wide enough for a hundred people behind one router."""

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

TOO_MANY = (
    "There have been too many tries from your network. Wait 10 minutes, then try again. Your answers are kept here."
)


def posts_too_often(request: HttpRequest, group: str) -> bool:
    """Whether this post is one too many: for this email address from here, or for everybody from here.

    Counted in the memory of each web process, so that registering works with the broker away.
    """
    here = request.META.get("REMOTE_ADDR", "")
    person = f"{here} {request.POST.get('email', '').strip().lower()[:254]}"
    limits = (
        (f"{group}:person", person, settings.PUBLIC_FORM_RATE),
        (group, here, settings.PUBLIC_FORM_RATE_FROM_HERE),
    )
    return any(
        is_ratelimited(request, group=name, key=lambda *_, key=key: key, rate=rate, method="POST", increment=True)
        for name, key, rate in limits
    )

"""`/.well-known/security.txt`: where to report a weakness (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

LASTS = timedelta(days=365)  # the longest that RFC 9116 recommends


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact, an expiry a year ahead at midnight UTC, and the one address this file is right at."""
    expires = (timezone.now() + LASTS).strftime("%Y-%m-%dT00:00:00Z")
    contact = settings.SECURITY_CONTACT
    lines = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {settings.PORTAL_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

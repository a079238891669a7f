"""Addresses people can read aloud."""

from django.conf import settings
from django.urls import include, path

from partnership.healthz import healthz, livez
from partnership.security_txt import security_txt

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("", include("assemblies.urls")),
    path("", include("places.urls")),
    path("", include("partnership.boards.urls")),
    path("", include("partnership.partners.urls")),
    path("", include("partnership.outbox.urls")),
    path("", include("partnership.audit.urls")),
    path("account/", include("partnership.accounts.urls")),
    path("people/", include("partnership.accounts.people_urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("", include("partnership.local.urls")))

handler500 = "partnership.ui.unavailable.server_error"

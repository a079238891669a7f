"""The portal's addresses where single sign-on is configured."""

from django.urls import include, path

from partnership.urls import handler500
from partnership.urls import urlpatterns as usual

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("account/3rdparty/", include("allauth.socialaccount.urls")),
    *usual,
]

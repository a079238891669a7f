"""Your account, and how you sign in."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from partnership.accounts.views.account import account

urlpatterns = [path("", account, name="account")]
if settings.OIDC_PROVIDERS:  # allauth's own pages for these: there is nothing to choose there
    urlpatterns += [
        path("3rdparty/", RedirectView.as_view(pattern_name="account")),
        path("3rdparty/signup/", RedirectView.as_view(pattern_name="account_login")),
    ]
urlpatterns.append(path("", include("allauth.urls")))

"""Your account, and how you sign in; for staff, everybody with an account."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from partnership.accounts.views import people
from partnership.accounts.views.account import account

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/second-step/", people.person_second_step, name="person_second_step"),
    path("account/", account, name="account"),
]
if settings.OIDC_PROVIDERS:  # allauth's own pages for these: there is nothing to choose there
    urlpatterns += [
        path("account/3rdparty/", RedirectView.as_view(pattern_name="account")),
        path("account/3rdparty/signup/", RedirectView.as_view(pattern_name="account_login")),
    ]
urlpatterns.append(path("account/", include("allauth.urls")))
